import Ingest
import Warnings

extension WarningPlan {
    /// The plans that come with the program; a test reads each.
    static let shipped = ShippedPlan.all.compactMap { try? WarningPlan(toml: $0.text, path: $0.name) }

    /// 廊坊市重污染天气应急预案, 2019-09-29: the plan of a configuration that names none.
    static let usual: WarningPlan = {
        guard let plan = shipped.first else { preconditionFailure("no plan is shipped that can be read") }
        return plan
    }()

    /// A plan that comes with the program, or one of a file.
    ///
    /// - Throws: ``ConfigurationError`` with file, line and column; ``TableFile/Unreadable`` for a file that cannot be read.
    static func named(_ name: String) throws -> WarningPlan {
        if let plan = shipped.first(where: { $0.name == name }) { return plan }
        return try WarningPlan(toml: String(decoding: try TableFile.read(name), as: UTF8.self), path: name)
    }

    /// Whether a name is that of a file: the names of plans have neither a slash nor an ending.
    static func isFile(_ name: String) -> Bool { name.contains("/") || name.hasSuffix(".toml") }

    /// Reads a plan; `Sources/Warnings/Plans/langfang-2019.toml` describes one with comments.
    init(toml text: String, path: String) throws {
        try self.init(try TOMLSection(document: text, path: path))
    }

    /// Whether a document is a plan rather than the configuration of a monitor: only a plan has rules or a measure.
    static func isPlan(_ root: TOMLSection) -> Bool { root.has("rule") || root.has("measure") }

    init(_ root: TOMLSection) throws {
        try root.allow("name", "title", "measure", "issue", "lift", "emergency", "rule")
        let name = try root.required("name", root.string)
        let base = try root.bound("measure", "heavy_above", in: 1...499)
        self.init(
            name: name, title: try root.string("title") ?? name, heavyAbove: base,
            issueAhead: try root.bound("issue", "ahead_hours", in: 0...240),
            lift: try root.bound("lift", "clean_hours", in: 1...96),
            emergency: try root.section("emergency").map { try Emergency($0) },
            rules: try WarningPlan.rules(root.sections("rule"), base: base.value, root))
    }

    /// The rules, from the highest level down.
    private static func rules(_ sections: [TOMLSection], base: Int32, _ root: TOMLSection) throws -> [Rule] {
        var rules: [Rule] = []
        for section in sections {
            let rule = try Rule(section, base: base)
            // A rule that comes after one of a lower level, or that holds only where a higher one does, is never asked.
            if let last = rules.last, last.level < rule.level {
                throw section.error("level", .outOfOrder("level", after: last.level.rawValue))
            }
            if let higher = rules.first(where: { $0.level > rule.level && rule.implies($0) }) {
                throw section.error("", .outOfOrder("[[rule]] level = \"\(rule.level)\"", after: higher.level.rawValue))
            }
            if let higher = rules.first(where: { $0.level > rule.level && $0.asksForFewerDays(than: rule) }) {
                throw section.error("days", .outOfOrder("days", after: higher.level.rawValue))
            }
            rules.append(rule)
        }
        for level in WarningLevel.allCases where !rules.contains(where: { $0.level == level }) {
            throw root.error("", .nothingToDo("[[rule]] level = \"\(level)\""))
        }
        return rules
    }
}

extension WarningPlan.Rule {
    fileprivate init(_ section: TOMLSection, base: Int32) throws {
        try section.allow("level", "days", "ahead_above", "ahead_reaching", "clause")
        // Below the base no hour is heavy, and a spell holds heavy hours only.
        let range = Int(base)...500
        var conditions: [WarningPlan.Condition] = try section.sections("days").map { days in
            try days.allow("above", "at_least")
            return .days(
                above: Int32(try days.required("above") { try days.integer($0, in: range) }),
                atLeast: try days.required("at_least") { try days.integer($0, in: 1...30) })
        }
        if let bound = try section.integer("ahead_above", in: range) { conditions.append(.aheadAbove(Int32(bound))) }
        if let bound = try section.integer("ahead_reaching", in: range) {
            conditions.append(.aheadReaching(Int32(bound)))
        }
        guard !conditions.isEmpty else { throw section.error("", .missingKey("days")) }
        self.init(
            level: try section.level(), conditions: conditions,
            clause: try section.required("clause", section.string))
    }
}

extension WarningPlan.Emergency {
    fileprivate init(_ section: TOMLSection) throws {
        try section.allow("level", "hour_above", "ahead_above", "clause")
        self.init(
            level: try section.level(),
            hourAbove: Int32(try section.required("hour_above") { try section.integer($0, in: 1...499) }),
            aheadAbove: Int32(try section.required("ahead_above") { try section.integer($0, in: 1...499) }),
            clause: try section.required("clause", section.string))
    }
}

extension TOMLSection {
    fileprivate func level() throws -> WarningLevel {
        try required("level") { try choice($0, of: WarningLevel.allCases, named: \.rawValue) }
    }

    /// A section of one number and the clause that it is from.
    fileprivate func bound(_ name: String, _ key: String, in range: ClosedRange<Int>) throws -> WarningPlan.Bound {
        let section = try required(name, section)
        try section.allow(key, "clause")
        return WarningPlan.Bound(
            Int32(try section.required(key) { try section.integer($0, in: range) }),
            try section.required("clause", section.string))
    }
}
