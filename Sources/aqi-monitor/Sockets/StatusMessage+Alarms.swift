import AQICore
import Ingest
import Terminal
import Texts
import Warnings

extension StatusMessage {
    /// An alarm that is not back to normal.
    struct AlarmLine: Codable, Equatable {
        var number: Int
        var kind: String
        /// A device, a station's key, a station's key and a pollutant; empty for what there is only one of.
        var subject: String
        /// unacknowledged, acknowledged, returned or shelved.
        var state: String
        var since: String
        /// When it stopped holding; absent while it holds.
        var cleared: String?
        var acknowledgedBy: String?
        var acknowledged: String?
        var shelvedBy: String?
        var shelvedUntil: String?
        var shelfReason: String?

        init(_ alarm: Alarm) {
            number = alarm.number
            kind = alarm.condition.kind.rawValue
            subject = alarm.condition.subject
            state = alarm.state.rawValue
            since = alarm.since.iso8601
            cleared = alarm.cleared?.iso8601
            acknowledgedBy = alarm.acknowledged?.person
            acknowledged = alarm.acknowledged?.time.iso8601
            shelvedBy = alarm.shelf?.person
            shelvedUntil = alarm.shelf?.until.iso8601
            shelfReason = alarm.shelf?.reason
        }

        /// nil for a kind that this program does not know: of a newer monitor.
        var alarm: Alarm? {
            guard let kind = Alarm.Kind(rawValue: kind), let since = TimeText.parse(since) else { return nil }
            var known: Alarm.Acknowledgement?
            if let person = acknowledgedBy, let time = acknowledged.flatMap(TimeText.parse) {
                known = .init(person: person, time: time)
            }
            var shelf: Alarm.Shelf?
            if let person = shelvedBy, let until = shelvedUntil.flatMap(TimeText.parse) {
                shelf = .init(person: person, until: until, reason: shelfReason ?? "")
            }
            return Alarm(
                number: number, .init(kind, subject), since: since, cleared: cleared.flatMap(TimeText.parse),
                acknowledged: known, shelf: shelf)
        }
    }
}
