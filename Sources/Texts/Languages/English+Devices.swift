package import AQICore

/// Lines, devices and their profiles.
extension English {
    // MARK: Devices
    package var deviceMeasures: String { "measuring" }
    package var deviceIsPaused: String { "silent: tried now and then" }
    package func deviceReads(_ kind: String, until: String?) -> String { kind + (until.map { " until \($0)" } ?? "") }
    package func deviceRecovers(until: String?) -> String { "recovering" + (until.map { " until \($0)" } ?? "") }

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
}
