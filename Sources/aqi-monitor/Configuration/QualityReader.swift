import AQICore
import Ingest

extension QualityThresholds {
    /// Reads the thresholds of a configuration file. Its other sections are not looked at, so that a file with nothing but
    /// `[quality]` will do.
    ///
    /// - Throws: ``ConfigurationError`` with file, line and column.
    static func read(_ path: String) throws -> QualityThresholds {
        try QualityThresholds(toml: String(decoding: try TableFile.read(path), as: UTF8.self), path: path)
    }

    init(toml text: String, path: String) throws {
        let root = try TOMLSection(document: text, path: path)
        try root.allowSections()
        self = try root.section("quality").map { try QualityThresholds($0) } ?? .standard
    }

    /// Reads the section `[quality]`: what it does not name stays as the program has it, `false` switches a rule off.
    init(_ section: TOMLSection) throws {
        self = .standard
        let names = Pollutant.allSix.map(\.name)
        try section.allow(["pm25_above_pm10", "no2_above_nox"] + names)
        try section.threshold("pm25_above_pm10", from: 0, &pm25AbovePM10)
        try section.threshold("no2_above_nox", from: 0, &no2AboveNOx)
        for pollutant in Pollutant.allSix {
            if let section = try section.section(pollutant.name) { try self[pollutant].change(section) }
        }
    }
}

extension PollutantThresholds {
    fileprivate mutating func change(_ section: TOMLSection) throws {
        try section.allow(
            "lowest", "highest", "noise", "flat_hours", "flat_tolerance", "spike_step", "spike_factor")
        try section.threshold("lowest", from: nil, &lowest)
        try section.threshold("highest", from: nil, &highest)
        if let lowest, let highest, lowest >= highest {
            let key = section.keys.contains("highest") ? "highest" : "lowest"
            throw section.error(key, .wrongType(key: key, wanted: "lowest = 0, highest = 1000"))
        }
        try section.threshold("noise", from: 0, &noise)
        if section.isOff("flat_hours") {
            flatHours = nil
        } else if let hours = try section.integer("flat_hours", in: 2...Int(QualityCheck.memory / 2)) {
            flatHours = Int32(hours)
        }
        flatTolerance = try section.thousandths("flat_tolerance", from: 0) ?? flatTolerance
        try section.threshold("spike_step", from: 0, &spikeStep)
        spikeFactor = try section.thousandths("spike_factor", from: 0) ?? spikeFactor
    }
}

extension TOMLSection {
    /// Changes a threshold where the key is there; `false` switches it off.
    fileprivate func threshold(_ key: String, from lowest: Int32?, _ threshold: inout Int32?) throws {
        if isOff(key) {
            threshold = nil
        } else if let value = try thousandths(key, from: lowest) {
            threshold = value
        }
    }

    /// A decimal number in thousandths that is not below `lowest`.
    fileprivate func thousandths(_ key: String, from lowest: Int32?) throws -> Int32? {
        guard let value = try thousandths(key) else { return nil }
        guard lowest.map({ value >= $0 }) ?? true else {
            throw error(key, .wrongType(key: key, wanted: "2.5 (not below 0)"))
        }
        return value
    }
}
