"""``peephole drill``: a session on chosen topics, in the app or line by line."""

from engine.cli.context import USAGE, Context
from engine.cli.desk import open_desk
from sims.text import Text


def run(context: Context) -> int:
    """Start the session; 2 if there is nothing to ask."""
    options = context.options
    desk = open_desk(context)
    topics = context.topics(desk.library, options.topics)
    session = desk.session(topics, options.order or "mixed", options.count, options.seed)
    if session.finished:
        context.warn(Text("解く問題がありません。", "There is nothing to ask."))
        return USAGE
    if options.plain:
        from engine.cli.plain import PlainSession

        return PlainSession(context, desk, session).run()
    from engine.cli.app import open_app

    return open_app(context, desk, session)
