package import AQICore
import Response
import Warnings

/// What the public hears at once.
///
/// A lift and the issue for the next spell within an hour of each other are one notice.
package struct PublicNotice: Equatable, Sendable {
    package let changes: [DocumentSource.Change]

    /// When it goes out: with its last change.
    package var issued: Instant { changes.last?.issued ?? Instant(seconds: 0) }

    /// The notices of changes, oldest first.
    package static func all(of changes: [DocumentSource.Change]) -> [PublicNotice] {
        var notices: [PublicNotice] = []
        for change in changes {
            if change.event.kind == .issued, let last = notices.last, last.changes.count == 1,
                let lift = last.changes.first, lift.event.kind == .lifted,
                change.issued - lift.issued <= NoticeBook.oneNotice
            {
                notices[notices.count - 1] = PublicNotice(changes: [lift, change])
            } else {
                notices.append(PublicNotice(changes: [change]))
            }
        }
        return notices
    }

    /// Whether nothing can join it any more: a lift waits an hour for the next issue.
    package func isComplete(at now: Instant) -> Bool {
        changes.count > 1 || changes.first?.event.kind != .lifted || now - issued > NoticeBook.oneNotice
    }
}
