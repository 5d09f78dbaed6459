/// What `doctor` finds: `English+Doctor.swift`, `Chinese+Doctor.swift`.
package protocol DoctorWords {
    /// What stands before a finding, four columns at most.
    var findingIsGood: String { get }
    var findingIsDoubtful: String { get }
    var findingIsBad: String { get }
    /// Follows how a device does.
    func latestFailure(_ reason: String) -> String

    var doctorConfiguration: String { get }
    var doctorClock: String { get }
    var doctorStore: String { get }
    var doctorMonitor: String { get }
    func clockIsSet(_ now: String) -> String
    func clockIsNotSet(_ now: String) -> String
    func storeHasHours(_ path: String, until: String?) -> String
    func storeWillBeMade(_ path: String) -> String
    func monitorRuns(process: Int32) -> String
    /// Round trips in microseconds.
    func deviceCounts(answered: UInt64, failed: UInt64, late: UInt64, median: Int64?, slowest: Int64?) -> String
    /// Goes before how a device did until now.
    func firstOfAll(_ state: String) -> String
    func doctorReceiver(_ name: String) -> String
    func doctorUplink(_ name: String) -> String
    func canListen(_ address: String) -> String
    func canConnect(_ address: String) -> String
    func notAllIsWell(_ subjects: [String]) -> String
}
