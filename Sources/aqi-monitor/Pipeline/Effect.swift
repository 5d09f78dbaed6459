import AQICore
import Ingest
import Store
import Warnings

/// What a step of the monitor leads to.
enum Effect {
    /// A full hour of one station.
    case hour(HourlyRecord)
    case index(IndexRecord)
    /// An index made anew, because an hour in its windows was.
    case correctedIndex(IndexRecord)
    case warning(WarningEvent)
    /// A phase of a calibration that is over.
    case calibration(CalibrationRow)
    /// A step of the warnings' people, or a proposal to them.
    case ledger(LedgerLine)
    /// A value that looks wrong by rules by which the one before did not.
    case suspect(SuspectValue)
    /// An hour that was closed before was made anew, with readings that came late.
    case revised(station: String, Hour)
    /// An hour was measured that is in the store already, under a clock that stood elsewhere: the stored one stays.
    case notStored(Hour)
    /// Readings that came too late even for that.
    case late(Int)
    /// What a station made itself is not what is made here.
    case stationDiffers(StationDifference)
    /// Values of an hour are the station's own, for want of samples.
    case stationHour(station: String, Hour, PollutantSet)
    /// Hours and days that a station made itself and that wait for the end of theirs here.
    case awaiting(station: String, [StationMean])
    /// The newest hour was decided that came into the store while no monitor ran.
    case judged(Hour)
    /// Hours that were decided were changed in the store while no monitor ran: they count with the hour that ends next.
    case airChanged(next: Hour)
    /// The clock was set: far ahead, or back.
    case clockJumped(from: Instant, to: Instant)
}
