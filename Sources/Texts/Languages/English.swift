package import AQICore
package import Warnings

/// What the program says in English.
package struct English: Words {
    package init() {}

    // MARK: Files and tables
    package func noSuchFile(_ path: String) -> String {
        "\(path): no such file; check the name, or give - to read standard input"
    }
    package func unreadable(_ path: String, _ reason: String) -> String {
        "\(path): cannot be read (\(reason)); check its permissions"
    }
    package func cannotCreate(_ path: String, _ reason: String) -> String {
        "\(path): cannot be written (\(reason)); check the folder, its permissions and the free space"
    }
    package func inTable(_ path: String, line: Int, _ problem: String) -> String {
        line > 0 ? "\(path): line \(line): \(problem)" : "\(path): \(problem)"
    }
    package var notUTF8: String {
        "not UTF-8; a table saved by Excel in China is GBK: convert it with  iconv -f GB18030 -t UTF-8 OLD > NEW"
    }
    package var damagedGzip: String { "the gzip stream is damaged or ends early; copy the file again" }
    package var emptyTable: String { "the table is empty; its first line must name the columns: station,time,pm25,..." }
    package func missingColumn(_ column: String) -> String {
        "the header has no column \"\(column)\"; station and time are required"
    }
    package func repeatedColumn(_ column: String) -> String {
        "the header has the column \"\(column)\" twice; remove one"
    }
    package func fieldCount(have: Int, need: Int) -> String {
        "\(have) fields where the header has \(need); was the line cut off, or a comma not quoted?"
    }
    package var unclosedQuote: String { "a quote opens here and never closes" }
    package var textAfterQuote: String { "text follows a closing quote; double the quotes inside a quoted field" }
    package var emptyStation: String { "the station has no name" }
    package func badTime(_ text: String) -> String {
        "\"\(text)\" is no time; write it like 2017-01-01T08:00:00+08:00 (the end of the hour)"
    }
    package func notOnTheHour(_ text: String) -> String {
        "\"\(text)\" is not a full hour; the table is of hourly values, labelled by the end of the hour"
    }
    package func badDate(_ text: String) -> String { "\"\(text)\" is no date; write it like 2017-01-01" }
    package func badNumber(column: String, text: String) -> String {
        "column \(column): \"\(text)\" is no plain decimal number; leave it empty if it is missing, name it with --missing, or use --lenient"
    }
    package func outOfRange(column: String, text: String, lowest: String, highest: String) -> String {
        "column \(column): \(text) lies outside \(lowest) ... \(highest); name a sentinel with --missing, or use --lenient"
    }
    package func contradicts(station: String, time: String, line: Int) -> String {
        "\(station) at \(time) stands already on line \(line), with other values; remove one"
    }
    package func spanTooLong(station: String, first: String, last: String) -> String {
        "\(station) reaches from \(first) to \(last), more than 100 years; is a year mistyped?"
    }
    package func badEvent(_ problem: String) -> String { "this is no event: \(problem)" }
    package func ignoredColumns(_ path: String, _ columns: [String]) -> String {
        "\(path): columns not used: \(columns.joined(separator: ", "))"
    }
    package func unreadableValues(_ count: Int) -> String { "\(count) values could not be read and count as missing" }
    package func unknownStation(_ station: String, _ path: String, known: [String]) -> String {
        "\(path): no station \"\(station)\"; it has \(known.joined(separator: ", "))"
    }
    package func noHours(_ path: String) -> String { "\(path): none of the hours asked for are in the file" }

    // MARK: The air
    package func level(_ level: AirQualityLevel) -> String {
        switch level {
        case .excellent: "excellent"
        case .good: "good"
        case .light: "lightly polluted"
        case .moderate: "moderately polluted"
        case .heavy: "heavily polluted"
        case .severe: "severely polluted"
        }
    }
    package func warning(_ level: WarningLevel) -> String {
        switch level {
        case .yellow: "YELLOW warning"
        case .orange: "ORANGE warning"
        case .red: "RED warning"
        }
    }
    package func indicator(_ indicator: Indicator) -> String {
        switch indicator {
        case .pm25: "PM2.5"
        case .pm10: "PM10"
        case .so2: "SO2"
        case .no2: "NO2"
        case .co: "CO"
        case .o3: "O3"
        case .o3EightHours: "O3 8h"
        }
    }
    package func signer(_ role: Role) -> String {
        switch role {
        case .deputyDirector: "office deputy director"
        case .deputyCommander: "deputy commander"
        case .commander: "commander"
        }
    }
    package func flag(_ flag: DataFlag) -> String {
        switch flag {
        case .normal: ""
        case .overRange: "over range"
        case .highSpecification: "above limit"
        case .lowSpecification: "below limit"
        case .backfilled: "backfilled"
        case .suspect: "suspect"
        case .stopped: "stopped"
        case .maintenance: "maintenance"
        case .setByHand: "set by hand"
        case .fault: "fault"
        case .calibration: "calibration"
        case .communication: "no answer"
        case .insufficient: "too few data"
        case .badConnection: "bad connection"
        case .recovering: "recovering"
        case .spanCheck: "span check"
        case .zeroCheck: "zero check"
        case .precisionCheck: "precision check"
        case .zeroCalibration: "zero calibration"
        case .spanCalibration: "span calibration"
        case .removed: "removed by review"
        case .negative: "negative"
        case .unknown: "unknown mark"
        case .absent: "no value"
        }
    }

    package func suspectRule(_ rule: SuspectRule) -> String {
        switch rule {
        case .range: "outside the range that is believed"
        case .negative: "below zero by more than noise"
        case .flatLine: "the same value for hours"
        case .spike: "far above the hours before"
        case .particulateInversion: "PM2.5 above PM10"
        case .no2AboveNOx: "NO2 above NOx"
        }
    }

    // MARK: doctor
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
    package func notAllIsWell(_ subjects: [String]) -> String { "does not work: \(subjects.joined(separator: ", "))" }

    // MARK: Devices
    package var deviceMeasures: String { "measuring" }
    package var deviceIsPaused: String { "silent: tried now and then" }
    package func deviceReads(_ kind: String, until: String?) -> String { kind + (until.map { " until \($0)" } ?? "") }
    package func deviceRecovers(until: String?) -> String { "recovering" + (until.map { " until \($0)" } ?? "") }

    // MARK: A running monitor
    package func noMonitor(_ path: String) -> String {
        "no monitor is running here (\(path)); start one with `aqi-monitor run --config FILE`, or name its store with --store"
    }
    package func otherMonitorVersion(_ path: String, _ version: Int) -> String {
        "\(path): the monitor speaks version \(version), which this program does not; use the program of the monitor"
    }
    package func socketIsTaken(_ path: String) -> String {
        "\(path): another monitor listens there; stop it first, or give this one a store of its own"
    }
    package func monitorKeepsNothing(_ path: String) -> String {
        "\(path): a monitor without a store has no socket; name a file with store = \"...\" in [monitor]"
    }
    package func unheard(since: String) -> String { "monitor not heard since \(since)" }

    // MARK: Configuration
    package func inConfiguration(_ path: String, line: Int, column: Int, _ problem: String) -> String {
        "\(path): line \(line), column \(column): \(problem)"
    }
    package func badSyntax(_ parser: String) -> String { "not valid TOML: \(parser)" }
    package func missingKey(_ key: String) -> String { "\"\(key)\" is missing here" }
    package func unknownKey(_ key: String, suggestion: String?) -> String {
        "\"\(key)\" is not known here" + (suggestion.map { "; did you mean \"\($0)\"?" } ?? "")
    }
    package func wrongType(key: String, wanted: String) -> String { "\"\(key)\" must look like \(wanted)" }
    package func outOfRange(key: String, value: Int, lowest: Int, highest: Int) -> String {
        "\"\(key)\" is \(value); it must lie in \(lowest) ... \(highest)"
    }
    package func notOneOf(key: String, value: String, allowed: [String]) -> String {
        "\"\(key)\" is \"\(value)\"; it must be one of \(allowed.joined(separator: ", "))"
    }
    package func repeated(_ name: String) -> String { "\"\(name)\" stands twice; remove or rename one" }
    package func unknownName(key: String, value: String, known: [String]) -> String {
        "\"\(key)\" names \"\(value)\", which is not defined; there is \(known.joined(separator: ", "))"
    }
    package func notTogether(_ key: String, _ other: String) -> String {
        "\"\(key)\" and \"\(other)\" cannot stand together; remove one"
    }
    package func nothingToDo(_ section: String) -> String { "there is no \(section); see etc/aqi-monitor.toml" }

    // MARK: A plan in words
    package func outOfOrder(_ what: String, after higher: String) -> String {
        "\(what) never comes to bear: wherever it holds, a rule of \(higher) holds already; thresholds rise with the level, "
            + "and rules stand from red down to yellow"
    }
    package func planIsGood(_ path: String, name: String, title: String) -> String {
        "\(path): the plan \(name), \(title), is good. What it says:"
    }
    package func planHeavy(above: Int32) -> String {
        "An hour is heavy when the index of the 24 hours up to it, ozone left out, is above \(above)."
    }
    package func planIssue(hours: Int32) -> String {
        "A spell of heavy hours counts once its first 24 hours begin within \(hours) hours."
    }
    package func planLift(hours: Int32) -> String {
        "A warning is lifted, or lowered, when the air is known to stay better for \(hours) hours; a shorter gap parts no spells."
    }
    package func planEmergency(_ emergency: WarningPlan.Emergency) -> String {
        "Emergency, \(warning(emergency.level)): the index of the hour is above \(emergency.hourAbove) without notice, and that of "
            + "the day 24 hours ahead above \(emergency.aheadAbove)."
    }
    package func planRule(_ level: WarningLevel, _ conditions: [WarningPlan.Condition]) -> String {
        "\(warning(level)): "
            + conditions.map { condition in
                switch condition {
                case .days(let above, 1): "a day (24 hours in a row) above \(above)"
                case .days(let above, let count): "\(count) days (of 24 hours, not overlapping) above \(above)"
                case .aheadAbove(let bound): "hours above \(bound) still to come"
                case .aheadReaching(let bound): "an hour of \(bound) or more still to come"
                }
            }.joined(separator: ", and ") + "."
    }
    package func planClause(_ clause: String) -> String { "[\(clause)]" }

    // MARK: Device profiles
    package func profileMeasures(_ parameters: [String]) -> String {
        parameters.isEmpty
            ? "no channels: their addresses are not on record, write your own"
            : "measures: \(parameters.joined(separator: ", "))"
    }
    package func profileSource(_ source: String) -> String { "source: \(source)" }
    package func profileUnverified(_ what: String) -> String { "unverified: \(what)" }
    package func profileIsUnknown(_ name: String, known: [String]) -> String {
        "there is no profile \"\(name)\"; there is \(known.joined(separator: ", "))"
    }

    // MARK: The store
    package func storeIsAbsent(_ path: String) -> String { "\(path): no such store; check the name" }
    package func fileExists(_ path: String) -> String { "\(path): is there already; remove it, or give another name" }
    package func importing(_ done: Int, of total: Int, perSecond: Int, left: String) -> String {
        "hour \(done) of \(total), \(perSecond) hours/s, \(left) left"
    }
    package func imported(_ path: String, hours: Int, changed: Int, stations: Int) -> String {
        "\(path): \(hours) hours of \(stations) stations, \(changed) of them new or changed"
    }
    package func storeIsSound(_ path: String) -> String { "\(path): sound" }
    package func storeIsDamaged(_ path: String) -> String {
        "\(path): damaged; save what can be read with  aqi-monitor store salvage \(path) NEW"
    }
    package func storeVersion(_ version: String, writer: String?) -> String {
        "schema \"\(version)\"; " + (writer.map { "written to by \($0)" } ?? "nobody writes to it")
    }
    package func storeSizes(file: String, log: String, unused: String, free: String) -> String {
        "file \(file), of which unused \(unused); write-ahead log \(log); the disk has \(free) left"
    }
    package func storeStations(_ stations: [String], last: String) -> String {
        "stations \(stations.joined(separator: ", ")); last hour \(last)"
    }
    package func storeWritten(_ day: String, _ size: String) -> String { "written to the disk on \(day): \(size)" }
    package func storeIsEmpty(_ path: String) -> String {
        "\(path): there is nothing in it; was this store ever measured into?"
    }
    package func storeIsOlder(_ path: String) -> String {
        "\(path): written by an older version, which did not keep this; `run` or `store compact` brings it up to date"
    }
    package func storeTrouble(_ problem: String) -> String { "NOT STORED, kept in memory: \(problem)" }
    package func storeBack(droppedSamples: Int, droppedRows: Int) -> String {
        droppedSamples + droppedRows == 0
            ? "the store takes data again; nothing is lost"
            : "the store takes data again; lost meanwhile: \(droppedSamples) samples, \(droppedRows) hours and indices"
    }
    package func storeIsNoDatabase(_ path: String) -> String {
        "\(path): not an SQLite database, left as it is; give another name with --store"
    }
    package func storeIsForeign(_ path: String) -> String {
        "\(path): a database of another program, left as it is; give another name with --store"
    }
    package func storeIsNewer(_ path: String) -> String {
        "\(path): written by a newer version of aqi-monitor, left as it is; update this program"
    }
    package func storeIsHeld(_ path: String, by holder: String) -> String {
        "\(path): is being written by \(holder); stop that one first, or use another store"
    }
    package func storeCannotOpen(_ path: String, _ reason: String) -> String {
        "\(path): the store cannot be opened (\(reason)); check the folder, its permissions and the free space"
    }
    package func storeFailed(_ path: String, _ reason: String) -> String {
        "\(path): the store failed (\(reason)); check disk and free space"
    }
    package func storeContinues(_ path: String, from time: String) -> String { "store \(path) continues from \(time)" }
    package func storeHasOtherPlan(_ path: String, of plan: String, configured: String) -> String {
        "\(path): a warning of the plan \(plan) is in force there, the configuration names \(configured); name \(plan), or use another store"
    }
    package func clockJumped(from: String, to: String) -> String {
        "the clock was set from \(from) to \(to); check the clock, hours that are stored already are not measured again"
    }

    // MARK: Lines and devices
    package func portInUse(_ port: Int, _ reason: String) -> String {
        "port \(port) cannot be opened (\(reason)); stop the program that has it, or give another with --port"
    }
    package func noPseudoterminal(_ reason: String) -> String {
        "no pseudo-terminal is to be had (\(reason)); is /dev/pts mounted?"
    }
    package func deviceLost(bus: String, device: String, _ problem: String) -> String {
        "\(bus): \(device): \(problem); its channels carry flag B until it answers"
    }
    package func deviceBack(bus: String, device: String) -> String { "\(bus): \(device) answers again" }
    package func deviceIncomplete(bus: String, device: String, _ problem: String) -> String {
        "\(bus): \(device): answers in part: \(problem); the channels without an answer carry flag B"
    }
    package func devicePaused(bus: String, device: String) -> String {
        "\(bus): \(device): silent for three rounds; it is tried again after a second, then ever less often, "
            + "once a minute at last"
    }
    package func calibrationKind(_ kind: CalibrationKind) -> String {
        switch kind {
        case .zero: "zero gas"
        case .span: "span gas"
        case .precision: "precision check"
        case .calibration: "calibration"
        case .maintenance: "maintenance"
        }
    }
    package func calibrationSource(_ source: CalibrationSource) -> String {
        switch source {
        case .status: "by its status"
        case .schedule: "by the schedule"
        case .person: "by command"
        }
    }
    package func calibrationVerdict(_ verdict: CalibrationVerdict) -> String {
        switch verdict {
        case .passed: "passed"
        case .failed: "FAILED, the analyser needs adjusting"
        case .notJudged: "not judged"
        }
    }
    package func calibrationBegan(
        bus: String, device: String, _ kind: CalibrationKind, _ source: CalibrationSource, flag: String, until: String?
    ) -> String {
        "\(bus): \(device): \(calibrationKind(kind)) \(calibrationSource(source))"
            + (until.map { " until \($0)" } ?? "") + "; its channels carry flag \(flag)"
    }
    package func calibrationRecovers(bus: String, device: String, until: String) -> String {
        "\(bus): \(device): back to air, recovers until \(until); its channels carry flag W"
    }
    package func calibrationIsOver(bus: String, device: String) -> String { "\(bus): \(device): measures again" }
    package func calibrationIsOverdue(bus: String, device: String, _ kind: CalibrationKind, since: String) -> String {
        "\(bus): \(device): \(calibrationKind(kind)) since \(since), longer than any should be; "
            + "look at the analyser, or end the phase. Its values do not count meanwhile"
    }
    package func calibrationResult(
        station: String, device: String, parameter: String, _ kind: CalibrationKind, mean: String, reference: String?,
        limit: String?, _ verdict: CalibrationVerdict
    ) -> String {
        "\(station): \(device): \(parameter) \(calibrationKind(kind)): \(mean)"
            + (reference.map { ", reference \($0)" } ?? "") + (limit.map { " ± \($0)" } ?? "")
            + ": \(calibrationVerdict(verdict))"
    }
    package func deviceIsUnknown(_ device: String, known: [String]) -> String {
        "no device is called \"\(device)\"; there are \(known.joined(separator: ", "))"
    }
    package func nothingToEnd(device: String) -> String {
        "\(device): nobody began a phase by command; one that its status tells of ends with the status"
    }
    package var personIsNameless: String { "who begins a phase gives a name" }
    package func cannotConnect(_ reason: String) -> String {
        "cannot connect (\(reason)); check address, cable and power"
    }
    package func connectionLost(_ reason: String) -> String { "the connection was lost (\(reason)); it is made again" }
    package var noAnswer: String { "no answer in time; check unit, wiring and baud rate" }
    package var badAnswer: String { "an answer that cannot be right; check parity, termination and other masters" }
    package func refused(code: Int) -> String {
        "the device refused with exception \(code); check the addresses in its profile"
    }

    // MARK: Looking at devices, and being one
    package func cannotListen(_ address: String, _ reason: String) -> String {
        "\(address): cannot be listened on (\(reason)); stop the program that has the port, or give another, 0 for any"
    }
    package func simulatorEnded(requests: Int, misbehaved: Int) -> String {
        "\(requests) requests, \(misbehaved) of them met with misbehaviour"
    }
    package func stationSpeaks(_ mn: String) -> String {
        "\(mn) is connected"
    }
    package func stationUnknown(_ mn: String) -> String {
        "\(mn) is no station of the configuration; add it under [[receive.station]] or block its address"
    }
    package func stationWrongPassword(_ mn: String) -> String {
        "\(mn) gives a wrong password (PW); compare it with the configuration"
    }
    package func packetRefused(_ mn: String, _ problems: String) -> String {
        "a packet of \(mn) was refused: \(problems)"
    }
    package func commandNotAllowed(_ mn: String, command: Int) -> String {
        "\(mn) sent command \(command), which stations may not; it was ignored"
    }
    package func clockIsOff(_ mn: String, seconds: Int64) -> String {
        "the clock of \(mn) is \(abs(seconds)) s \(seconds > 0 ? "ahead" : "behind"); set it, or let set_clocks do it"
    }
    package func clockIsRight(_ mn: String) -> String {
        "the clock of \(mn) is right"
    }
    package func requestAnswered(_ mn: String, command: Int, result: Int) -> String {
        "\(mn) answered command \(command): \(result == 1 ? "done" : "result \(result)")"
    }
    package func requestUnanswered(_ mn: String, command: Int) -> String {
        "\(mn) does not answer command \(command)"
    }
    package func connectionClosed(_ reason: String) -> String {
        "a connection was closed: \(reason)"
    }
    package func platformConnected(_ name: String) -> String {
        "uploading to \(name)"
    }
    package func platformLost(_ name: String) -> String {
        "\(name) cannot be reached; what it misses is kept in the store and sent later"
    }
    package func packetsDecoded(_ count: Int, refused: Int, skippedBytes: Int) -> String {
        "\(count) packets, \(refused) of them refused; \(skippedBytes) bytes between them skipped"
    }
    package func onLine(_ line: String, _ problem: String) -> String { "\(line): \(problem)" }
    package func onUnit(_ line: String, unit: Int, _ problem: String) -> String { "\(line): unit \(unit): \(problem)" }
    package func nothingAnswers(_ line: String, units: String) -> String {
        "\(line): none of the units \(units) answers; check wiring, baud rate, parity and power, or give --units"
    }
    package var looksLikeConcentration: String { "* looks like a concentration" }
    package var columnAddress: String { "addr" }
    package func scanningUnits(_ unit: Int, of count: Int, found: Int, perSecond: String, left: String) -> String {
        "unit \(unit) of \(count), \(found) found, \(perSecond) units/s, \(left) left at the most"
    }
    package func scanningRegisters(unit: Int, _ done: Int, of count: Int, left: String) -> String {
        "unit \(unit): register \(done) of \(count), \(left) left"
    }
    package func unitWithoutRegisters(_ unit: Int) -> String {
        "unit \(unit) answers and has no such register; look elsewhere with --registers"
    }

    // MARK: What happens
    package func started(stations: Int, buses: Int) -> String { "measuring: \(stations) stations on \(buses) buses" }
    package func demoStarted(tcp: String, rtu: String, serial: String, seed: UInt64) -> String {
        "simulated analysers: gases at \(tcp), ozone at \(serial), particulates at \(rtu); episode \(seed)"
    }
    package func demoStartedFromFile(tcp: String, rtu: String, serial: String, station: String) -> String {
        "simulated analysers: gases at \(tcp), ozone at \(serial), particulates at \(rtu); the hours of \(station)"
    }
    package var demoFinished: String { "all hours have been replayed" }
    package func hourClosed(station: String, time: String, index: Int32?, level: AirQualityLevel?, primary: String)
        -> String
    {
        "\(station) \(time)  AQI " + (index.map { "\($0)" } ?? "NA") + (level.map { " \(self.level($0))" } ?? "")
            + (primary.isEmpty ? "" : ", \(primary)")
    }
    package func warningEvent(_ kind: WarningEvent.Kind, _ level: WarningLevel, signedBy: Role?) -> String {
        let signed = signedBy.map { ", signed by the \(signer($0))" } ?? ""
        return switch kind {
        case .issued: "\(warning(level)) issued\(signed)"
        case .upgraded: "upgraded to \(warning(level))\(signed)"
        case .downgraded: "downgraded to \(warning(level))\(signed)"
        case .lifted: "\(warning(level)) lifted\(signed)"
        case .proposed: "\(warning(level)) proposed"
        }
    }
    package func suspectBegan(
        station: String, time: String, _ pollutant: Pollutant, value: String, _ marks: SuspectMarks
    ) -> String {
        "\(station) \(time)  \(indicator(Indicator(pollutant))) \(value) counts but is suspect: "
            + marks.rules.map { "\(suspectRule($0)) (\($0.name))" }.joined(separator: ", ")
    }
    package func suspectValues(_ path: String, _ count: Int, of values: Int) -> String {
        "\(path): \(count) of \(values) values are suspect"
    }
    package func recordsUnused(bus: String, device: String, _ reason: String) -> String {
        "\(bus): \(device): its own records do not fill the gap: \(reason)"
    }
    package var recordsNotTold: String { "it does not tell them" }
    package var recordsTooLong: String { "they last more than five minutes, or not whole ones" }
    package func recordsByOtherClock(seconds: Int64) -> String {
        "the newest is \(seconds.magnitude) s \(seconds < 0 ? "behind" : "ahead of") our clock; set the instrument's clock"
    }
    package func lateReadings(_ count: Int) -> String {
        "\(count) readings came too late for their hour and are not used"
    }
    package func hourNotStored(time: String) -> String {
        "\(time)  was stored before, under a clock that stood elsewhere: the stored hour stays, this one is not kept"
    }
    package func hourRevised(station: String, time: String) -> String {
        "\(station) \(time)  made anew with readings that came late, and every index that depends on it"
    }
    package var demoStation: String { "Demo station" }

    // MARK: The screen
    package var simulated: String { "SIMULATED" }
    package var columnNow: String { "now" }
    package var columnAge: String { "age" }
    package var columnHour: String { "hour so far" }
    package var columnHourMean: String { "hour" }
    package var columnDayMean: String { "24 h" }
    package var columnSubIndex: String { "IAQI" }
    package var hourTo: String { "Hour to" }
    package var dayTo: String { "24 h to" }
    package var primaryPollutant: String { "primary" }
    package var noPrimary: String { "none" }
    package var notAvailable: String { "NA" }
    package var waitingForHour: String { "the first hour is not over yet" }
    package func warningInForce(_ level: WarningLevel, response: String, since: String, number: Int) -> String {
        "\(warning(level)) in force, response \(response), since \(since) (no. \(number))"
    }
    package var noWarning: String { "no warning in force" }
    package func warningWanted(_ level: WarningLevel) -> String { "wanted: \(warning(level))" }
    package var logTitle: String { "Log" }
    package var tooSmall: String { "the window is too small" }
    package var noTerminal: String { "standard output is no terminal; start it in one, or give --headless" }
    package func unknownTerminal(_ name: String) -> String {
        "the terminal type \"\(name)\" is not known here; set TERM, as in TERM=xterm, or give --headless"
    }
    package func age(seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(max(0, seconds)) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }

    // MARK: Explaining an index
    package func explainRounded(_ value: String, step: String) -> String {
        "rounded half to even to \(step): \(value)"
    }
    package var explainNotRounded: String { "taken as it is: this edition rounds no concentration before the index" }
    package var explainSubstitute: String {
        "above the table: the 24 h mean (SO2) or the hour (O3) is judged instead; none that has an index is given"
    }
    package var explainNotAboveZero: String { "not above 0: IAQI 0" }
    package func explainBeyond(_ last: String, index: Int32) -> String {
        "above \(last), the table's end: IAQI \(index)"
    }
    package func explainBetween(_ low: String, _ lowIndex: Int32, _ high: String, _ highIndex: Int32) -> String {
        "between \(low) (IAQI \(lowIndex)) and \(high) (IAQI \(highIndex))"
    }
    package func explainUp(_ index: Int32) -> String { "rounded up: \(index)" }
    package func explainTruncated(_ value: String, step: String) -> String { "cut to \(step): \(value)" }
    package func explainNearest(_ index: Int32) -> String { "rounded to the nearest, halves up: \(index)" }
    package func explainBelow(_ first: String) -> String { "below \(first), where the table begins: no IAQI" }
    package func explainExtrapolated(_ low: String, _ lowIndex: Int32, _ high: String, _ highIndex: Int32) -> String {
        "above \(high), the table's end: the line from \(low) (IAQI \(lowIndex)) to \(high) (IAQI \(highIndex)) goes on"
    }
    package func explainDayInstead(_ day: String) -> String { "the 24 h mean is judged instead: \(day)" }
    package func explainWeight(smallest: String, largest: String, weight: String) -> String {
        "smallest \(smallest), largest \(largest): weight w = \(weight) (their quotient, at least 1/2)"
    }
    package func explainNoNowCast(have: Int32, need: Int32) -> String {
        "\(have) of the newest 3 hours, \(need) are needed: no NowCast"
    }
    package func explainIndex(_ index: Int32, level: Int, _ name: String, primary: String) -> String {
        "AQI = largest IAQI = \(index), level \(level) (\(name)), primary pollutant: \(primary)"
    }
}
