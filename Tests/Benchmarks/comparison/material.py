"""The events of a comparison, and their texts by themselves."""

import json
import sys
from itertools import islice


class Material:
    """A file of events in DoubleTick's form, and in `folder` what is made of it."""

    def __init__(self, events, folder):
        self.events = events
        self.folder = folder
        self.texts = folder / "texts.txt"
        self.distinct = set()
        self.count = 0
        with open(events, encoding="utf-8") as lines, open(self.texts, "w", encoding="utf-8") as texts:
            for line in lines:
                try:
                    text = json.loads(line)["message"]["text"]
                except (ValueError, KeyError, TypeError):
                    sys.exit(f"bench: line {self.count + 1} of the events has no message.text")
                # A peer that reads texts reads one a line.
                text = " ".join(text.split())
                texts.write(text + "\n")
                self.distinct.add(text)
                self.count += 1

    def sample(self, count):
        """The first events, read."""
        with open(self.events, encoding="utf-8") as lines:
            return [json.loads(line) for line in islice(lines, count)]

    def first(self, count):
        """Files with so many events, and with their texts."""
        if count >= self.count:
            return self.events, self.texts
        return self.head(self.events, count, "events"), self.head(self.texts, count, "texts")

    def head(self, whole, count, name):
        part = self.folder / f"{name}-{count}"
        if not part.exists():
            with open(whole, "rb") as lines, open(part, "wb") as kept:
                kept.writelines(islice(lines, count))
        return part
