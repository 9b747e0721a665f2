"""How long a line that arrives alone waits for its record."""

import json
import os
import select
import subprocess
import time

from comparison.runs import Unable

# The first lines wait for the rules to be read.
WARMING_UP = 50
# No record after so many seconds: there will be none.
PATIENCE = 30


def waits(command, lines, line):
    """Seconds from a line written into a pipe to its record read from another; `line` gives a line by number."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, bufsize=0)
    took = []
    for number in range(WARMING_UP + lines):
        sent = line(number)
        start = time.perf_counter()
        os.write(process.stdin.fileno(), sent)
        await_record(process)
        took.append(time.perf_counter() - start)
    process.stdin.close()
    process.wait()
    return sorted(took[WARMING_UP:])


def await_record(process):
    record = b""
    while not record.endswith(b"\n"):
        ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
        part = os.read(process.stdout.fileno(), 1 << 16) if ready else b""
        if not part:
            process.kill()
            raise Unable("a line got no record")
        record += part


def numbered(events):
    """Lines of these events over and over, each with an id of its own."""
    def line(number):
        named = {"messageId": f"wamid.single.{number}", "dtMessageId": f"single-{number}"}
        return (json.dumps({**events[number % len(events)], **named}) + "\n").encode()
    return line
