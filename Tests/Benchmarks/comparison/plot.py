"""A plot of cost against number of rules, as SVG that is readable on light and dark ground."""

import math

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 84, 150, 20, 52
LABEL_LINE = 17

# Colours that people of every sight tell apart (Okabe and Ito), and forms for those who see none.
STYLES = {
    "Beckon": ("#d55e00", "circle"),
    "ceiling": ("#009e73", "square"),
    "PCRE2 one by one": ("#0072b2", "diamond"),
    "SEC": ("#cc79a7", "triangle"),
    "ripgrep": ("#e69f00", "square"),
    "jq": ("#56b4e9", "diamond"),
}

HEAD = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">
<style>
text {{ font: 13px system-ui, sans-serif; fill: #1f2328 }} .grid {{ stroke: #d0d7de }} .bold {{ font-weight: bold }}
@media (prefers-color-scheme: dark) {{ text {{ fill: #e6edf3 }} .grid {{ stroke: #343b44 }} }}
</style>
"""


def plot(series):
    """The picture; `series` maps a name of STYLES to pairs of a number of rules and nanoseconds an event."""
    points = [point for line in series.values() for point in line]
    across = Scale(min(x for x, _ in points), max(x for x, _ in points), LEFT, WIDTH - RIGHT)
    up = Scale(min(y for _, y in points), max(y for _, y in points), HEIGHT - BOTTOM, TOP)
    parts = [HEAD, "<title>Nanoseconds an event against number of rules</title>\n"]
    for rules in across.decades():
        parts.append(grid(across(rules), up(up.low), across(rules), up(up.high)))
        parts.append(text(across(rules), HEIGHT - BOTTOM + 20, f"{rules:,}", "middle"))
    for cost in up.decades():
        parts.append(grid(across(across.low), up(cost), across(across.high), up(cost)))
        parts.append(text(LEFT - 10, up(cost) + 4, duration(cost), "end"))
    parts.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "rules", "middle"))
    parts.append(text(16, (TOP + HEIGHT - BOTTOM) / 2, "time an event, one core", "middle",
                      f' transform="rotate(-90 16 {(TOP + HEIGHT - BOTTOM) / 2})"'))
    for name, line in series.items():
        parts.append(curve(name, [(across(x), up(y)) for x, y in line]))
    ends = {name: (across(line[-1][0]), up(line[-1][1])) for name, line in series.items()}
    at_the_side = {name: y for name, (x, y) in ends.items() if x == max(x for x, _ in ends.values())}
    for name, y in apart(at_the_side).items():
        parts.append(text(ends[name][0] + 12, y + 4, name, "start", ' class="bold"' if name == "Beckon" else ""))
    for name in sorted(ends.keys() - at_the_side.keys()):
        # To the right of its end, other lines go on.
        parts.append(text(ends[name][0] - 6, ends[name][1] - 10, name, "end"))
    return "".join(parts) + "</svg>\n"


class Scale:
    """Whole decades around the values, on a stretch of the picture."""

    def __init__(self, least, most, start, end):
        self.low = 10 ** math.floor(math.log10(least))
        self.high = 10 ** math.ceil(math.log10(most))
        self.start, self.end = start, end

    def __call__(self, value):
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)

    def decades(self):
        return [self.low * 10 ** step for step in range(round(math.log10(self.high / self.low)) + 1)]


def duration(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:g} {unit}"
    return f"{nanoseconds:g} ns"


def apart(heights):
    """The same heights, moved down until no two names lie on each other."""
    moved = {}
    lowest = -LABEL_LINE
    for name, y in sorted(heights.items(), key=lambda pair: pair[1]):
        lowest = moved[name] = max(y, lowest + LABEL_LINE)
    return moved


def grid(x1, y1, x2, y2):
    return f'<line class="grid" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>\n'


def text(x, y, words, anchor, more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{words}</text>\n'


def curve(name, points):
    colour, form = STYLES[name]
    width = 3.5 if name == "Beckon" else 2
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    line = f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"/>\n'
    return line + "".join(mark(form, x, y, colour) for x, y in points)


def mark(form, x, y, colour):
    if form == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{colour}"/>\n'
    corners = {
        "square": [(-4.5, -4.5), (4.5, -4.5), (4.5, 4.5), (-4.5, 4.5)],
        "diamond": [(0, -6), (6, 0), (0, 6), (-6, 0)],
        "triangle": [(0, -6), (5.5, 4.5), (-5.5, 4.5)],
    }[form]
    path = " ".join(f"{x + right:.1f},{y + down:.1f}" for right, down in corners)
    return f'<polygon points="{path}" fill="{colour}"/>\n'
