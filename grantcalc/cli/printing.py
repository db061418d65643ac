"""How a result is printed: what the output can show, and where it goes."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from grantcalc.cli.options import Colour, refuse_without
from grantcalc.report.formats import ALWAYS_UTF_8
from grantcalc.report.medium import Medium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_BYTE_ORDER_MARK: Final = "\ufeff"


class Printing(NamedTuple):
    """Where a result goes and how, as the options say."""

    output: str | None
    color: Colour
    excel: bool = False


def print_result(made: Callable[[Medium], str], inputs: Sequence[str], format_: str, how: Printing) -> None:
    """Print a result, or write it to a file."""
    refuse_without(["csv"], format_, "--excel", given=how.excel)
    utf_8 = how.excel or format_ in ALWAYS_UTF_8
    text = made(result_medium(how.color, how.output, utf_8=utf_8))
    write(_BYTE_ORDER_MARK + text if how.excel else text, how.output, inputs, utf_8=utf_8)


def print_lines(made: Callable[[Medium], Iterable[str]], inputs: Sequence[str], how: Printing) -> None:
    """Print a result line by line, each as soon as it is there; or write them all to a file, if there are any."""
    refuse_without(["csv"], "jsonl", "--excel", given=how.excel)
    lines = made(result_medium(how.color, how.output))
    if how.output is None:
        for line in lines:
            write(line, None, inputs)
        return
    text = "".join(lines)
    if text:
        write(text, how.output, inputs)


def write(text: str, output: str | None, inputs: Sequence[str], *, utf_8: bool = False) -> None:
    """Write a result to standard output or to a file; in UTF-8 and with its own line ends whatever the stream's are."""
    if output is not None:
        from grantcalc.files import write_file

        write_file(output, text, inputs)
        return
    if utf_8:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
    else:
        sys.stdout.write(text)
    sys.stdout.flush()


def result_medium(color: Colour, output: str | None, *, utf_8: bool = False) -> Medium:
    """What the output can show: a file is UTF-8 without colours, a stream is what it says it is."""
    if output is not None or utf_8:
        return Medium()
    return stream_medium(color, sys.stdout)


def stream_medium(color: Colour, stream: TextIO) -> Medium:
    """What a stream can show, in its encoding; in colour if that is asked for, or if it is a screen that wants it."""
    on_screen = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    colour = color is Colour.ALWAYS or (color is Colour.AUTO and on_screen)
    if colour and sys.platform == "win32":
        from colorama import just_fix_windows_console

        just_fix_windows_console()  # an older console prints the codes of colours until it is told what they are
    width = shutil.get_terminal_size().columns if stream.isatty() else None
    return Medium(colour=colour, encoding=stream.encoding or "ascii", width=width)
