"""procrastinate with a job for each message, where what a dead worker had in hand is begun again as its guide says."""

from bench.peers import killed_procrastinate
from bench.peers.killed_procrastinate import age as age
from bench.peers.killed_procrastinate import put as put

PROCESS = (*killed_procrastinate.PROCESS, "rescue")
UNSETTLED = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
