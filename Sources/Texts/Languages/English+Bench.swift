/// What `bench` says.
extension English {
    package func capacity(stations: Int, measured: Int, percent: String) -> String {
        "stations at 1 Hz: \(stations) a core, of six channels each over Modbus TCP (measured: \(measured) stations take "
            + "\(percent) % of a core)"
    }

    package func capacityLimit(stage: String, shares: [String]) -> String {
        "it stops at \(stage): of a core a station takes each second \(shares.joined(separator: ", "))"
    }

    package func resultsDiffer(_ stage: String) -> String {
        "\(stage): what came out is not what it must be, or not the same twice; its figures are worth nothing. Is the machine "
            + "overloaded, or its memory bad?"
    }
}
