/// What `doctor` finds.
extension English {
    package var findingIsGood: String { "ok" }
    package var findingIsDoubtful: String { "!" }
    package var findingIsBad: String { "BAD" }
    package func latestFailure(_ reason: String) -> String { "; latest failure: \(reason)" }

    package var doctorConfiguration: String { "configuration" }
    package var doctorClock: String { "clock" }
    package var doctorStore: String { "store" }
    package var doctorMonitor: String { "monitor" }
    package func clockIsSet(_ now: String) -> String { "\(now), kept by the network" }
    package func clockIsNotSet(_ now: String) -> String {
        "\(now), and nothing keeps it right: hours will end when it says so; start an NTP client, as chrony"
    }
    package func storeHasHours(_ path: String, until: String?) -> String {
        "\(path): " + (until.map { "hours until \($0)" } ?? "no hour yet")
    }
    package func storeWillBeMade(_ path: String) -> String { "\(path): will be made" }
    package func monitorRuns(process: Int32) -> String { "runs as process \(process); it is asked how its devices do" }
    package func deviceCounts(answered: UInt64, failed: UInt64, late: UInt64, median: Int64?, slowest: Int64?) -> String
    {
        var text = "\(answered) answers"
        if failed > 0 { text += ", \(failed) failures" }
        if late > 0 { text += ", \(late) late" }
        if let median, let slowest {
            text += "; half within \(milliseconds(median)), 99 % within \(milliseconds(slowest))"
        }
        return text
    }
    package func firstOfAll(_ state: String) -> String { "\(state); " }
    package func doctorReceiver(_ name: String) -> String { "receiver \(name)" }
    package func doctorUplink(_ name: String) -> String { "uplink \(name)" }
    package func canListen(_ address: String) -> String { "\(address): can be listened on" }
    package func canConnect(_ address: String) -> String { "\(address): takes the connection" }
    package func notAllIsWell(_ subjects: [String]) -> String { "does not work: \(subjects.joined(separator: ", "))" }
}
