"""`python -m tests.x_server --port 0`: the first line printed is the URL."""

import argparse
import asyncio
import contextlib

from .server import TOKEN, XServer


async def serve(arguments: argparse.Namespace) -> None:
    async with XServer(speed=arguments.speed, style=arguments.style, token=arguments.token, port=arguments.port) as x:
        print(x.url, flush=True)
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.x_server", description="A local X API v2.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--speed", type=float, default=1.0, help="how much faster X's durations pass")
    parser.add_argument("--style", choices=("tweet", "post", "mixed"), default="tweet")
    parser.add_argument("--token", default=TOKEN)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(parser.parse_args()))


main()
