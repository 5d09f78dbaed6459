import AQICore
import Foundation
import Ingest
import Texts
import Warnings

/// A warning event as it is printed and stored: what `WarningEvent.json` writes.
struct RecordedEvent: Decodable {
    private struct Evidence: Decodable {
        var index24: Int32?
        var indexHour: Int32?
        var largestAhead: Int32?
        var emergency: Bool?
    }

    private var time: String
    private var event: WarningEvent.Kind
    private var level: WarningLevel
    private var basis: WarningEvent.Basis
    private var spell: Int
    private var starts: String?
    private var ends: String?
    private var primary: [String]
    private var signedBy: Role?
    private var evidence: Evidence?

    /// Nil for a line that is none.
    static func read(_ line: some Sequence<UInt8>) -> WarningEvent? {
        (try? JSONDecoder().decode(RecordedEvent.self, from: Data(line)))?.warningEvent
    }

    private var warningEvent: WarningEvent? {
        guard let hour = hour(time) else { return nil }
        var spellHours: (first: Hour, last: Hour)?
        if let starts, let ends {
            // `starts` is the label of the hour with which the first 24 h window begins, 23 before the first heavy one.
            guard let first = self.hour(starts), let last = self.hour(ends) else { return nil }
            spellHours = (first + 23, last)
        }
        var indicators = IndicatorSet()
        for name in primary {
            guard let indicator = Indicator.allSeven.first(where: { $0.name == name }) else { return nil }
            indicators.insert(indicator)
        }
        return WarningEvent(
            hour: hour, kind: event, level: level, basis: basis, number: spell,
            isEmergency: evidence?.emergency ?? false, spell: spellHours, primary: indicators, signedBy: signedBy,
            index24: evidence?.index24, indexHour: evidence?.indexHour, largestAhead: evidence?.largestAhead)
    }

    private func hour(_ label: String) -> Hour? {
        guard let time = TimeText.parse(label), time.secondsIntoHour == 0 else { return nil }
        return Hour(endingAtLabel: time)
    }
}
