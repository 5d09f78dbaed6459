/// What `doctor` finds: `English+Doctor.swift`, `Chinese+Doctor.swift`.
package protocol DoctorWords {
    /// What stands before a finding, four columns at most.
    var findingIsGood: String { get }
    var findingIsDoubtful: String { get }
    var findingIsBad: String { get }
    /// Follows how a device does.
    func latestFailure(_ reason: String) -> String
}
