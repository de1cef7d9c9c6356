"""The event loop of scripts that have ``async def``: one for the interpreter's whole life, so that
what ``setup()`` opens lives on from shard to shard."""

from pyparallel._library import library

# How often the loop wakes up, in seconds: an interruption may have to wait for Python code to run.
NAP = 0.05

# How long those who are cancelled have to wind up, in seconds; whoever interrupts waits not much
# longer.
GRACE = 0.3


class EventLoop:
    """Runs coroutines on the calling thread, and nothing between two calls.

    What is raised to end a shard, such as ``Interrupted``, may hit any callback, where ``asyncio``
    would only note it: here it ends the run that it hit.
    """

    def __init__(self):
        self._asyncio = asyncio = library("asyncio")
        self._loop = loop = asyncio.new_event_loop()
        self.create_task = loop.create_task
        self.create_future = loop.create_future
        self.stop = loop.stop
        self.sleep = asyncio.sleep
        self.cancelled = asyncio.CancelledError
        # Called now and then while the loop runs, if it is a function.
        self.watch = None
        self._ended = None
        self._beating = False
        loop.set_exception_handler(self._handle)
        asyncio.set_event_loop(loop)

    def run(self):
        """Runs until somebody calls :meth:`stop` or :meth:`end`; raises what the latter was given."""
        if not self._beating:
            self._beat()
        self._loop.run_forever()
        error = self._ended
        if error is not None:
            self._ended = None
            raise error

    def end(self, error):
        """Has :meth:`run` raise an exception as soon as it can."""
        self._ended = error
        self._loop.stop()

    def complete(self, awaitable):
        """Awaits something; returns or raises what comes of it."""
        outcome = []
        task = self.create_task(self._await(awaitable, outcome))
        try:
            while not outcome:
                self.run()
        except BaseException:
            self.cancel([task])
            raise
        value, error = outcome
        if error is not None:
            raise error
        return value

    async def _await(self, awaitable, outcome):
        try:
            outcome += (await awaitable, None)
        except BaseException as error:
            outcome += (None, error)
        self._loop.stop()

    def cancel(self, tasks):
        """Cancels tasks and gives them a short time to wind up; who takes longer is left alone."""
        tasks = [task for task in tasks if not task.done()]
        # Where a run was broken off without a word, the loop still takes itself for running.
        if not tasks or self._loop.is_running():
            return
        for task in tasks:
            task.cancel()
        outcome = []
        self.create_task(self._await(self._asyncio.wait(tasks, timeout=GRACE), outcome))
        while not outcome:
            self._loop.run_forever()
        self._ended = None

    def close(self):
        """Cancels what is left, as ``asyncio.run`` does at its end."""
        loop = self._loop
        if loop.is_closed() or loop.is_running():
            return
        try:
            self.cancel(self._asyncio.all_tasks(loop))
            self.complete(loop.shutdown_asyncgens())
            self.complete(loop.shutdown_default_executor())
        finally:
            self._asyncio.set_event_loop(None)
            loop.close()

    def _beat(self):
        self._beating = True
        if self.watch is not None:
            self.watch()
        self._loop.call_later(NAP, self._beat)

    def _handle(self, loop, context):
        error = context.get("exception")
        if error is None or isinstance(error, (Exception, self.cancelled)):
            loop.default_exception_handler(context)
        else:
            self._beating = False  # it may be what was hit
            self.end(error)
