import Ingest
import Response
import Warnings

extension ResponsePlan {
    /// 廊坊市重污染天气应急预案, 2019-09-29; a test reads each of its files.
    static let shipped: ResponsePlan = {
        guard
            let plan = try? ResponsePlan(
                measures: ShippedResponse.measures, industries: ShippedResponse.industries,
                organisation: ShippedResponse.organisation)
        else { preconditionFailure("the response that is shipped cannot be read") }
        return plan
    }()

    /// The files of a response, by their names in a folder.
    static let files: [(name: String, shipped: String)] = [
        ("measures.toml", ShippedResponse.measures), ("industries.toml", ShippedResponse.industries),
        ("organisation.toml", ShippedResponse.organisation),
    ]

    /// Reads a city's own response from a folder.
    ///
    /// - Throws: ``ConfigurationError``, and ``TableFile/Unreadable`` for a file that is not there.
    static func read(_ folder: String) throws -> ResponsePlan {
        let texts = try files.map { file in
            let path = "\(folder)/\(file.name)"
            guard let text = String(validating: try TableFile.read(path), as: UTF8.self) else {
                throw ConfigurationError(path: path, line: 1, column: 1, kind: .syntax("UTF-8"))
            }
            return text
        }
        return try ResponsePlan(measures: texts[0], industries: texts[1], organisation: texts[2], folder: "\(folder)/")
    }

    /// Reads the three files of a response; those of `Sources/Response/Langfang2019` describe themselves with comments.
    ///
    /// - Throws: ``ConfigurationError`` with file, line and column.
    init(measures: String, industries: String, organisation: String, folder: String = "") throws {
        let organisation = try TOMLSection(document: organisation, path: folder + "organisation.toml")
        try organisation.allow("department", "city", "area", "vehicle", "channel")
        let departments = try organisation.each("department", once: "id") { try Department($0) }
        let measures = try TOMLSection(document: measures, path: folder + "measures.toml")
        try measures.allow("measure")
        let industries = try TOMLSection(document: industries, path: folder + "industries.toml")
        try industries.allow("industry")
        self.init(
            measures: try measures.each("measure", once: "id") { try Measure($0, departments: departments.map(\.id)) },
            industries: try industries.industries(),
            departments: departments,
            city: try Area(try organisation.required("city", organisation.section)),
            areas: try organisation.each("area", once: "code") { try Area($0) },
            freeVehicles: try organisation.each("vehicle", once: "id") { try FreeVehicle($0) },
            channels: try organisation.each("channel", once: "id") { try PublicChannel($0) })
        // A response without any of these would be silent where somebody must act.
        for level in WarningLevel.allCases where !self.measures.contains(where: { $0.levels.contains(level) }) {
            throw measures.error("", .nothingToDo("[[measure]] \(level.rawValue)"))
        }
        if channels.isEmpty { throw organisation.error("", .nothingToDo("[[channel]]")) }
        if departments.isEmpty { throw organisation.error("", .nothingToDo("[[department]]")) }
    }
}

extension Measure {
    fileprivate init(_ section: TOMLSection, departments known: [String]) throws {
        try section.allow(
            "id", "kind", "from", "to", "starts", "unless", "index_reaches", "plants", "traffic", "principle",
            "departments", "clause", "zh", "en")
        let from = try section.required("from") {
            try section.choice($0, of: WarningLevel.allCases, named: \.rawValue)
        }
        let to = try section.choice("to", of: WarningLevel.allCases, named: \.rawValue) ?? .red
        guard from <= to else { throw section.error("to", .outOfOrder("to", after: from.rawValue)) }
        let departments = try section.strings("departments")
        for id in departments where !known.contains(id) {
            throw section.error("departments", .unknownName(key: "departments", value: id, known: known))
        }
        self.init(
            id: try section.required("id", section.string),
            kind: try section.required("kind") { try section.choice($0, of: Kind.allCases, named: \.rawValue) },
            levels: from...to,
            start: try section.choice("starts", of: Start.allCases, named: \.rawValue) ?? .response,
            exception: try section.choice("unless", of: Exception.allCases, named: \.rawValue),
            indexReaches: try section.integer("index_reaches", in: 1...500).map { Int32($0) },
            plants: try section.choice("plants", of: Plants.allCases, named: \.rawValue),
            restrictsTraffic: try section.bool("traffic") ?? false,
            isPrinciple: try section.bool("principle") ?? false,
            departments: departments, text: try section.bilingual(),
            clause: try section.required("clause", section.string))
    }
}

extension Industry {
    fileprivate init(_ section: TOMLSection) throws {
        try section.allow(["number", "zh", "en", "trucks", "clause"] + WarningLevel.allCases.map(\.rawValue))
        var cells: [WarningLevel: Bilingual] = [:]
        for level in WarningLevel.allCases {
            let cell = try section.required(level.rawValue, section.section)
            try cell.allow("zh", "en")
            cells[level] = try cell.bilingual()
        }
        self.init(
            number: try section.required("number") { try section.integer($0, in: 1...999) },
            name: try section.bilingual(), isTruckRuled: try section.required("trucks", section.bool), cells: cells,
            clause: try section.required("clause", section.string))
    }
}

extension Department {
    fileprivate init(_ section: TOMLSection) throws {
        try section.allow("id", "zh", "en", "clause")
        self.init(
            id: try section.required("id", section.string), name: try section.bilingual(),
            clause: try section.required("clause", section.string))
    }
}

extension FreeVehicle {
    fileprivate init(_ section: TOMLSection) throws {
        try section.allow("id", "zh", "en", "clause")
        self.init(
            id: try section.required("id", section.string), name: try section.bilingual(),
            clause: try section.required("clause", section.string))
    }
}

extension Area {
    fileprivate init(_ section: TOMLSection) throws {
        try section.allow("zh", "en", "code", "clause")
        let code = try section.required("code", section.string)
        guard code.count == 6, code.allSatisfy({ ("0"..."9").contains($0) }) else {
            throw section.error("code", .wrongType(key: "code", wanted: "\"131000\""))
        }
        self.init(name: try section.bilingual(), code: code, clause: try section.required("clause", section.string))
    }
}

extension PublicChannel {
    fileprivate init(_ section: TOMLSection) throws {
        try section.allow(
            "id", "zh", "en", "rhythm", "every_minutes", "closes_hour", "morning_hour", "note_zh", "note_en", "clause")
        let rhythm: Rhythm =
            switch try section.required("rhythm", section.string) {
            case "once": .once
            case "throughout": .throughout
            case "every":
                .every(minutes: try section.required("every_minutes") { try section.integer($0, in: 1...1440) })
            case "daily":
                .daily(
                    closesHour: try section.required("closes_hour") { try section.integer($0, in: 0...24) },
                    morningHour: try section.required("morning_hour") { try section.integer($0, in: 0...24) })
            case let other:
                throw section.error(
                    "rhythm",
                    .notOneOf(key: "rhythm", value: other, allowed: ["once", "throughout", "every", "daily"]))
            }
        var note: Bilingual?
        if section.has("note_zh") || section.has("note_en") {
            note = Bilingual(
                zh: try section.required("note_zh", section.string), en: try section.required("note_en", section.string)
            )
        }
        self.init(
            id: try section.required("id", section.string), name: try section.bilingual(), rhythm: rhythm, note: note,
            clause: try section.required("clause", section.string))
    }
}

extension TOMLSection {
    fileprivate func bilingual() throws -> Bilingual {
        Bilingual(zh: try required("zh", string), en: try required("en", string))
    }

    /// The industries, none of which may have the number of another.
    fileprivate func industries() throws -> [Industry] {
        var taken: Set<Int> = []
        return try sections("industry").map { section in
            let industry = try Industry(section)
            guard taken.insert(industry.number).inserted else {
                throw section.error("number", .repeated("\(industry.number)"))
            }
            return industry
        }
    }

    /// The elements of a list, none of which may have the key of another.
    fileprivate func each<Value>(_ list: String, once key: String, _ read: (TOMLSection) throws -> Value) throws
        -> [Value]
    {
        var taken: Set<String> = []
        return try sections(list).map { section in
            let name = try section.required(key, section.string)
            guard taken.insert(name).inserted else { throw section.error(key, .repeated(name)) }
            return try read(section)
        }
    }
}
