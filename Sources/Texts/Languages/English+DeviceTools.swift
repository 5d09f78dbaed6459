/// Looking at devices, and being one.
extension English {
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
    package func nobodyListens(_ address: String) -> String {
        "\(address): nobody listens there; start the centre first (aqi-monitor run, aqi-monitor hj212 listen), or check --host "
            + "and --port"
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
}
