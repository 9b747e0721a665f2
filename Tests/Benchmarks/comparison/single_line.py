"""How long a line that arrives alone waits for its record."""

import json
import os
import subprocess
import time

# The first lines wait for the rules to be read.
WARMING_UP = 50


def waits(command, lines, line):
    """Seconds from a line written into a pipe to its record read from another; `line` gives a line by number."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
    took = []
    for number in range(WARMING_UP + lines):
        sent = line(number)
        start = time.perf_counter()
        os.write(process.stdin.fileno(), sent)
        record = b""
        while not record.endswith(b"\n"):
            part = os.read(process.stdout.fileno(), 1 << 16)
            if not part:
                raise EOFError("beckon ended in the middle")
            record += part
        took.append(time.perf_counter() - start)
    process.stdin.close()
    process.wait()
    return sorted(took[WARMING_UP:])


def numbered(event):
    """Lines of events like a given one, each with an id of its own."""
    def line(number):
        return (json.dumps({**event, "messageId": f"wamid.single.{number}", "dtMessageId": f"single-{number}"}) + "\n").encode()
    return line
