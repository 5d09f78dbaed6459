package import AQICore
package import Warnings

/// Everything that the program says to people, once a language: `English.swift`, `Chinese.swift`.
///
/// A message about something that went wrong says where, what, and what to do about it.
package protocol Words: ResponseWords, DocumentWords, ScreenWords, InventoryWords, TaskWords, TrailWords, UsageWords,
    ConfigurationWords, DoctorWords, ReportWords
{
    // MARK: Files and tables
    func noSuchFile(_ path: String) -> String
    func unreadable(_ path: String, _ reason: String) -> String
    func cannotCreate(_ path: String, _ reason: String) -> String
    func inTable(_ path: String, line: Int, _ problem: String) -> String
    var notUTF8: String { get }
    var damagedGzip: String { get }
    var emptyTable: String { get }
    func missingColumn(_ column: String) -> String
    func repeatedColumn(_ column: String) -> String
    func fieldCount(have: Int, need: Int) -> String
    var unclosedQuote: String { get }
    var textAfterQuote: String { get }
    var emptyStation: String { get }
    func badTime(_ text: String) -> String
    func notOnTheHour(_ text: String) -> String
    func badDate(_ text: String) -> String
    func badNumber(column: String, text: String) -> String
    func outOfRange(column: String, text: String, lowest: String, highest: String) -> String
    func contradicts(station: String, time: String, line: Int) -> String
    func spanTooLong(station: String, first: String, last: String) -> String
    func badEvent(_ problem: String) -> String
    func ignoredColumns(_ path: String, _ columns: [String]) -> String
    func unreadableValues(_ count: Int) -> String
    func unknownStation(_ station: String, _ path: String, known: [String]) -> String
    func noHours(_ path: String) -> String

    // MARK: The air
    func level(_ level: AirQualityLevel) -> String
    func warning(_ level: WarningLevel) -> String
    func indicator(_ indicator: Indicator) -> String
    func signer(_ role: Role) -> String
    func flag(_ flag: DataFlag) -> String
    func suspectRule(_ rule: SuspectRule) -> String

    // MARK: doctor
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
    func notAllIsWell(_ subjects: [String]) -> String

    // MARK: Devices
    var deviceMeasures: String { get }
    var deviceIsPaused: String { get }
    func deviceReads(_ kind: String, until: String?) -> String
    func deviceRecovers(until: String?) -> String

    // MARK: A running monitor
    func noMonitor(_ path: String) -> String
    func otherMonitorVersion(_ path: String, _ version: Int) -> String
    func socketIsTaken(_ path: String) -> String
    func monitorKeepsNothing(_ path: String) -> String
    func unheard(since: String) -> String

    // MARK: Configuration
    func inConfiguration(_ path: String, line: Int, column: Int, _ problem: String) -> String
    func badSyntax(_ parser: String) -> String
    func missingKey(_ key: String) -> String
    func unknownKey(_ key: String, suggestion: String?) -> String
    func wrongType(key: String, wanted: String) -> String
    func outOfRange(key: String, value: Int, lowest: Int, highest: Int) -> String
    func notOneOf(key: String, value: String, allowed: [String]) -> String
    func repeated(_ name: String) -> String
    func unknownName(key: String, value: String, known: [String]) -> String
    func notTogether(_ key: String, _ other: String) -> String
    func outOfOrder(_ what: String, after higher: String) -> String
    func nothingToDo(_ section: String) -> String

    // MARK: A plan in words
    func planIsGood(_ path: String, name: String, title: String) -> String
    func planHeavy(above: Int32) -> String
    func planIssue(hours: Int32) -> String
    func planLift(hours: Int32) -> String
    func planEmergency(_ emergency: WarningPlan.Emergency) -> String
    func planRule(_ level: WarningLevel, _ conditions: [WarningPlan.Condition]) -> String
    func planClause(_ clause: String) -> String

    // MARK: The warnings' people (English+Warnings.swift, Chinese+Warnings.swift)
    func simulatedPerson(_ role: Role) -> String
    func refusal(_ refusal: Refusal) -> String
    func ledgerLine(_ line: LedgerLine) -> String?
    func monitorMustRun(_ path: String) -> String
    func controlFailed(_ path: String) -> String
    func forecastTooLarge(_ path: String, bytes: Int) -> String
    func draftStands(_ draft: Draft, evidence: String) -> String
    func draftSigned(_ signature: Draft.Signature) -> String
    func draftDeclined(_ decline: Draft.Decline) -> String
    func draftAwaits(_ role: Role) -> String
    func orderStands(from authority: String, _ level: WarningLevel, isRegional: Bool, consent: WarningLevel?) -> String
    func adviceStands(from authority: String, _ level: WarningLevel) -> String
    func consentIsMissing(of authority: String, to level: WarningLevel) -> String
    func areaLevel(_ area: AreaLevel) -> String
    func dustHours(from first: String, to last: String, isProposed: Bool) -> String
    func forecastInUse(issuer: String, issued: String, through: String) -> String
    func consultationDue(_ cause: Consultations.Cause, by time: String, isOverdue: Bool) -> String
    func skillTitle(_ issuer: String) -> String
    var skillHeader: [String] { get }
    var skillNone: String { get }
    var baselineIsIndicative: String { get }

    // MARK: Device profiles
    func profileMeasures(_ parameters: [String]) -> String
    func profileSource(_ source: String) -> String
    func profileUnverified(_ what: String) -> String
    func profileIsUnknown(_ name: String, known: [String]) -> String

    // MARK: The store
    func storeIsAbsent(_ path: String) -> String
    func fileExists(_ path: String) -> String
    func importing(_ done: Int, of total: Int, perSecond: Int, left: String) -> String
    func imported(_ path: String, hours: Int, changed: Int, stations: Int) -> String
    func storeIsSound(_ path: String) -> String
    func storeIsDamaged(_ path: String) -> String
    func storeVersion(_ version: String, writer: String?) -> String
    func storeSizes(file: String, log: String, unused: String, free: String) -> String
    func storeStations(_ stations: [String], last: String) -> String
    func storeWritten(_ day: String, _ size: String) -> String
    func storeIsEmpty(_ path: String) -> String
    func storeIsOlder(_ path: String) -> String
    func storeTrouble(_ problem: String) -> String
    func storeBack(droppedSamples: Int, droppedRows: Int) -> String
    func storeIsNoDatabase(_ path: String) -> String
    func storeIsForeign(_ path: String) -> String
    func storeIsNewer(_ path: String) -> String
    func storeIsHeld(_ path: String, by holder: String) -> String
    func storeCannotOpen(_ path: String, _ reason: String) -> String
    func storeFailed(_ path: String, _ reason: String) -> String
    func storeContinues(_ path: String, from time: String) -> String
    func storeHasOtherPlan(_ path: String, of plan: String, configured: String) -> String
    func clockJumped(from: String, to: String) -> String

    // MARK: Lines and devices
    func portInUse(_ port: Int, _ reason: String) -> String
    func noPseudoterminal(_ reason: String) -> String
    func deviceLost(bus: String, device: String, _ problem: String) -> String
    func deviceBack(bus: String, device: String) -> String
    func deviceIncomplete(bus: String, device: String, _ problem: String) -> String
    func devicePaused(bus: String, device: String) -> String
    func cannotConnect(_ reason: String) -> String
    func connectionLost(_ reason: String) -> String
    func calibrationKind(_ kind: CalibrationKind) -> String
    func calibrationSource(_ source: CalibrationSource) -> String
    func calibrationVerdict(_ verdict: CalibrationVerdict) -> String
    func calibrationBegan(
        bus: String, device: String, _ kind: CalibrationKind, _ source: CalibrationSource, flag: String, until: String?
    ) -> String
    func calibrationRecovers(bus: String, device: String, until: String) -> String
    func calibrationIsOver(bus: String, device: String) -> String
    func calibrationIsOverdue(bus: String, device: String, _ kind: CalibrationKind, since: String) -> String
    func calibrationResult(
        station: String, device: String, parameter: String, _ kind: CalibrationKind, mean: String, reference: String?,
        limit: String?, _ verdict: CalibrationVerdict
    ) -> String
    func deviceIsUnknown(_ device: String, known: [String]) -> String
    func nothingToEnd(device: String) -> String
    var personIsNameless: String { get }
    var noAnswer: String { get }
    var badAnswer: String { get }
    func refused(code: Int) -> String

    // MARK: Looking at devices, and being one
    func cannotListen(_ address: String, _ reason: String) -> String
    func simulatorEnded(requests: Int, misbehaved: Int) -> String
    func stationSpeaks(_ mn: String) -> String
    func stationUnknown(_ mn: String) -> String
    func stationWrongPassword(_ mn: String) -> String
    func packetRefused(_ mn: String, _ problems: String) -> String
    func commandNotAllowed(_ mn: String, command: Int) -> String
    func clockIsOff(_ mn: String, seconds: Int64) -> String
    func clockIsRight(_ mn: String) -> String
    func requestAnswered(_ mn: String, command: Int, result: Int) -> String
    func requestUnanswered(_ mn: String, command: Int) -> String
    func connectionClosed(_ reason: String) -> String
    func platformConnected(_ name: String) -> String
    func platformLost(_ name: String) -> String
    func packetsDecoded(_ count: Int, refused: Int, skippedBytes: Int) -> String
    func onLine(_ line: String, _ problem: String) -> String
    func onUnit(_ line: String, unit: Int, _ problem: String) -> String
    func nothingAnswers(_ line: String, units: String) -> String
    var looksLikeConcentration: String { get }
    var columnAddress: String { get }
    func scanningUnits(_ unit: Int, of count: Int, found: Int, perSecond: String, left: String) -> String
    func scanningRegisters(unit: Int, _ done: Int, of count: Int, left: String) -> String
    func unitWithoutRegisters(_ unit: Int) -> String

    // MARK: Stations and platforms (English+HJ212.swift, Chinese+HJ212.swift)
    func senderCounts(
        isConnected: Bool, heard: String?, packets: UInt64, refused: UInt64, clockOffset: Int64?,
        sins: [(name: String, count: UInt64)]
    ) -> String
    func stationDiffers(
        station: String, isDay: Bool, time: String, _ values: [(Pollutant, here: String, there: String)]
    ) -> String
    func stationHourUsed(station: String, time: String, _ pollutants: [Pollutant]) -> String
    func stationDid(_ mn: String, value: String?) -> String
    func passwordToConfigure(_ mn: String) -> String
    func stationNotConnected(_ mn: String) -> String
    func stationAskedAlready(_ mn: String, command: Int) -> String
    func reverseControlOff(_ mn: String) -> String
    func receiverUnknown(_ mn: String) -> String
    var stationRequestIsBad: String { get }

    // MARK: What happens
    func started(stations: Int, buses: Int) -> String
    func demoStarted(tcp: String, rtu: String, serial: String, seed: UInt64) -> String
    func demoStartedFromFile(tcp: String, rtu: String, serial: String, station: String) -> String
    var demoFinished: String { get }
    func hourClosed(station: String, time: String, index: Int32?, level: AirQualityLevel?, primary: String) -> String
    func warningEvent(_ kind: WarningEvent.Kind, _ level: WarningLevel, signedBy: Role?) -> String
    func suspectBegan(
        station: String, time: String, _ pollutant: Pollutant, value: String, _ marks: SuspectMarks
    ) -> String
    func suspectValues(_ path: String, _ count: Int, of values: Int) -> String
    func lateReadings(_ count: Int) -> String
    func recordsUnused(bus: String, device: String, _ reason: String) -> String
    var recordsNotTold: String { get }
    var recordsTooLong: String { get }
    func recordsByOtherClock(seconds: Int64) -> String
    func hourRevised(station: String, time: String) -> String
    func hourNotStored(time: String) -> String
    var demoStation: String { get }

    // MARK: The screen
    var simulated: String { get }
    var columnNow: String { get }
    var columnAge: String { get }
    var columnHour: String { get }
    var columnHourMean: String { get }
    var columnDayMean: String { get }
    var columnSubIndex: String { get }
    var hourTo: String { get }
    var dayTo: String { get }
    var primaryPollutant: String { get }
    var noPrimary: String { get }
    var notAvailable: String { get }
    var waitingForHour: String { get }
    func warningInForce(_ level: WarningLevel, response: String, since: String, number: Int) -> String
    var noWarning: String { get }
    func warningWanted(_ level: WarningLevel) -> String
    var logTitle: String { get }
    var tooSmall: String { get }
    var noTerminal: String { get }
    func unknownTerminal(_ name: String) -> String
    func age(seconds: Int64) -> String

    // MARK: Benchmarks (English+Bench.swift, Chinese+Bench.swift)
    func capacity(stations: Int, measured: Int, percent: String) -> String
    func capacityLimit(stage: String, shares: [String]) -> String
    func resultsDiffer(_ stage: String) -> String

    // MARK: Explaining an index
    func explainRounded(_ value: String, step: String) -> String
    var explainNotRounded: String { get }
    var explainSubstitute: String { get }
    var explainNotAboveZero: String { get }
    func explainBeyond(_ last: String, index: Int32) -> String
    func explainBetween(_ low: String, _ lowIndex: Int32, _ high: String, _ highIndex: Int32) -> String
    func explainUp(_ index: Int32) -> String
    func explainTruncated(_ value: String, step: String) -> String
    func explainNearest(_ index: Int32) -> String
    func explainBelow(_ first: String) -> String
    func explainExtrapolated(_ low: String, _ lowIndex: Int32, _ high: String, _ highIndex: Int32) -> String
    func explainDayInstead(_ day: String) -> String
    func explainWeight(smallest: String, largest: String, weight: String) -> String
    func explainNoNowCast(have: Int32, need: Int32) -> String
    func explainIndex(_ index: Int32, level: Int, _ name: String, primary: String) -> String
}

extension Words {
    /// A short time, as `1.25 ms`.
    func milliseconds(_ microseconds: Int64) -> String {
        "\(DecimalWriting.shortest(thousandths: Int32(clamping: microseconds))) ms"
    }
}
