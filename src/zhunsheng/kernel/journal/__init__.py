"""操作日志: who changed what, when and why. ``change`` is the only door through which records are changed.

==============  ====================================================================================================
module          what it does
==============  ====================================================================================================
``changes``     ``change``: one transaction, one actor, one block
``scope``       the change that is open in this thread; what SQLite's triggers ask
``coverage``    which tables and columns are journalled
``sqlite``,     the triggers of each database, and what must stand there
``postgresql``
``upgrades``    triggers are taken away before migrations and generated after them
``sealing``     blocks, and the sweeping of what was changed outside of ``change``
``anchors``     number and digest of blocks, kept outside of the database
``access``      the access log: reads and attempts that must be known
``images``      rows as they stand, and as the journal says that they must
``verifying``   whether everything still stands as it was sealed
``checks``      the same in the background: asked for on a page, done by the worker, kept
``blanking``    content taken out by two persons
``reading``     what pages need
``lifting``     emptying tables between tests
==============  ====================================================================================================
"""

from zhunsheng.kernel.journal.changes import change

__all__ = ["change"]
