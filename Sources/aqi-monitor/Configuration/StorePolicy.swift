import Store

/// How a store is written, and how long what lies in it.
struct StorePolicy: Equatable {
    /// How much of the samples a power loss may take; 0 commits with every round of a bus.
    var commitSeconds = 5
    var keepsSamples = true
    var retention = Retention()

    var commitMilliseconds: Int64 { Int64(commitSeconds) * 1000 }

    init() {}

    /// Reads the section `[store]`.
    init(_ section: TOMLSection) throws {
        let tables = Retention.Table.allCases
        try section.allow(
            ["commit_seconds", "samples"] + tables.flatMap { ["\($0.rawValue)_days", "\($0.rawValue)_megabytes"] })
        commitSeconds = try section.integer("commit_seconds", in: 0...600) ?? commitSeconds
        keepsSamples = try section.bool("samples") ?? keepsSamples
        for table in tables {
            let (days, megabytes) = ("\(table.rawValue)_days", "\(table.rawValue)_megabytes")
            if let number = try section.integer(days, in: 1...36_500) { retention[table].days = number }
            if let number = try section.integer(megabytes, in: 1...1_000_000) { retention[table].megabytes = number }
            if section.isOff(days) { retention[table].days = nil }
        }
    }
}
