import AQICore
import Inventory

/// One record of an inventory's table, whose fields are read by the names of their columns. What is wrong with a field is kept, and
/// something harmless stands for it, so that all of a record's faults are found at once.
struct InventoryRow {
    let records: CSVRecords
    let columns: [String: Int]
    let line: SourceLine
    private(set) var faults: [InventoryFault] = []

    init(_ records: CSVRecords, columns: [String: Int], file: String) {
        self.records = records
        self.columns = columns
        line = SourceLine(file: file, line: records.line)
    }

    private mutating func add(_ kind: InventoryFault.Kind, _ column: String) {
        faults.append(InventoryFault(kind, at: line, column: column))
    }

    /// A text; empty where the table has no such column.
    func text(_ column: String) -> String { columns[column].map { records.text(records.fields[$0]) } ?? "" }

    /// A text that must be there.
    mutating func needed(_ column: String) -> String {
        let text = text(column)
        if text.isEmpty { add(.emptyField, column) }
        return text
    }

    mutating func yes(_ column: String) -> Bool {
        switch text(column) {
        case "yes": return true
        case "no", "": return false
        case let text:
            add(.notOneOf(text, allowed: ["yes", "no"]), column)
            return false
        }
    }

    /// One of some names; nil where the field is empty, and where it is none of them, which is a fault.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ column: String, _: Choice.Type = Choice.self
    ) -> Choice? {
        let text = text(column)
        return text.isEmpty ? nil : choice(of: text, column)
    }

    /// One of some names that must be there.
    mutating func needed<Choice: RawRepresentable<String> & CaseIterable>(
        _ column: String, or substitute: Choice
    ) -> Choice {
        choice(of: text(column), column) ?? substitute
    }

    /// Names with `;` between them.
    mutating func choices<Choice: RawRepresentable<String> & CaseIterable & Hashable>(
        _ column: String, _: Choice.Type = Choice.self
    ) -> Set<Choice> {
        var choices: Set<Choice> = []
        for name in text(column).split(separator: ";") {
            if let choice: Choice = choice(of: String(name), column) { choices.insert(choice) }
        }
        return choices
    }

    private mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        of text: String, _ column: String
    ) -> Choice? {
        if let choice = Choice(rawValue: text) { return choice }
        add(.notOneOf(text, allowed: Choice.allCases.map(\.rawValue)), column)
        return nil
    }

    /// What a name stands for.
    mutating func named<Value>(_ column: String, _ values: [String: Value], allowed: [String]) -> Value? {
        let text = text(column)
        if let value = values[text] { return value }
        add(.notOneOf(text, allowed: allowed), column)
        return nil
    }

    /// A plain decimal in units of its last place, or nil where the field is empty; the bounds are in whole units.
    mutating func decimal(_ column: String, decimals: Int, in bounds: ClosedRange<Int64>) -> Int64? {
        guard let place = columns[column], !records.fields[place].range.isEmpty else { return nil }
        let scale = (0..<decimals).reduce(Int64(1)) { scale, _ in scale * 10 }
        switch DecimalText.parse(records.bytes.span, records.fields[place].range, decimals: decimals) {
        case .malformed: add(.badNumber(text(column)), column)
        case .thousandths(_, let inexact) where inexact != 0:
            add(.tooManyDecimals(text(column), most: decimals), column)
        case .thousandths(let value, _) where (bounds.lowerBound * scale...bounds.upperBound * scale).contains(value):
            return value
        case .thousandths, .tooLarge:
            add(
                .outOfRange(text(column), lowest: "\(bounds.lowerBound)", highest: "\(bounds.upperBound)"), column)
        }
        return bounds.lowerBound * scale
    }

    /// A decimal that must be there.
    mutating func needed(_ column: String, decimals: Int, in bounds: ClosedRange<Int64>) -> Int64 {
        guard let value = decimal(column, decimals: decimals, in: bounds) else {
            add(.emptyField, column)
            return bounds.lowerBound
        }
        return value
    }

    /// Per cent with two decimals, `stop`, or nothing.
    mutating func cut(_ column: String) -> Cut? {
        if text(column) == "stop" { return .stop }
        return decimal(column, decimals: 2, in: 0...100).map(Cut.init(hundredths:))
    }

    private static let cutColumns = ByLevel { "\($0)_cut" }
    mutating func cuts() -> ByLevel<Cut> { ByLevel { cut(InventoryRow.cutColumns[$0]) ?? .none } }

    private static let emissionColumns = ByPollutant { "\($0.rawValue)_t" }
    /// Tonnes a year of each pollutant.
    mutating func emissions() -> Emissions {
        Emissions { needed(InventoryRow.emissionColumns[$0], decimals: 6, in: 0...Emissions.most / 1_000_000) }
    }

    mutating func day(_ column: String) -> NaturalDay? {
        guard let place = columns[column], !records.fields[place].range.isEmpty else { return nil }
        let day = TimeText.parseDate(records.bytes.span, records.fields[place].range)
        if day == nil { add(.badDate(text(column)), column) }
        return day
    }

    mutating func needed(day column: String) -> NaturalDay {
        guard text(column).isEmpty else { return day(column) ?? NaturalDay(number: 0) }
        add(.emptyField, column)
        return NaturalDay(number: 0)
    }

    /// A fault that only the reader of a table sees.
    mutating func refuse(_ kind: InventoryFault.Kind, _ column: String) { add(kind, column) }
}
