import Dispatch

/// Runs an actor on a queue of its own, so that a call that blocks holds up nobody else.
package final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        // Invariant: a job is run exactly once, on this executor, which the closure keeps alive until then.
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
