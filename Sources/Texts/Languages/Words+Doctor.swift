/// What `doctor` finds: `English+Doctor.swift`, `Chinese+Doctor.swift`.
package protocol DoctorWords {
    /// Follows how a device does.
    func latestFailure(_ reason: String) -> String
}
