package import AQICore

/// The arithmetic of one index in words: each interpolation with its breakpoints, the rounding and the clause.
package struct Explanation {
    package let words: any Words
    package let report: IndexReport
    /// The means from which the index was computed, by `indicator.index`.
    package let means: [Mean?]

    package init(words: any Words, report: IndexReport, means: [Mean?]) {
        self.words = words
        self.report = report
        self.means = means
    }

    package var lines: [String] {
        var lines = [words.explainHeader(report.edition.title, report.kind.name)]
        for indicator in Indicator.allSeven {
            guard let mean = means[indicator.index], case .value(let shown, let subIndex) = report[indicator],
                let table = report.edition.rules.table(of: indicator, in: report.kind)
            else { continue }
            lines.append("")
            lines += explain(indicator, mean, shown: shown, subIndex: subIndex, table: table)
        }
        lines.append("")
        lines.append(conclusion)
        return lines
    }

    private func explain(
        _ indicator: Indicator, _ mean: Mean, shown: Int32, subIndex: Int32?, table: BreakpointTable
    ) -> [String] {
        let unit = indicator == .co ? "mg/m³" : "µg/m³"
        let clauses = report.edition.clauses
        let given = DecimalWriting.shortest(thousandths: mean.rounded(toStep: 1))
        var lines = ["\(words.indicator(indicator))  \(given) \(unit)"]
        var used = mean
        if report.edition.rules.roundsFirst {
            used = Mean(shown)
            let step = DecimalWriting.shortest(thousandths: indicator.pollutant.publishedStep)
            lines.append(
                "  " + words.explainRounded(DecimalWriting.shortest(thousandths: shown), step: "\(step) \(unit)")
                    + "  (\(clauses.rounding))")
        } else {
            lines.append("  " + words.explainNotRounded + "  (\(clauses.rounding))")
        }
        guard let subIndex else { return lines + ["  " + words.explainSubstitute + "  (\(clauses.table))"] }
        guard let segment = table.interpolation(of: used) else {
            let last = DecimalWriting.shortest(thousandths: table.last)
            return lines + [
                "  "
                    + (used.sum <= 0
                        ? words.explainNotAboveZero : words.explainBeyond(last, index: subIndex))
                    + "  (\(clauses.table))"
            ]
        }
        let low = DecimalWriting.shortest(thousandths: segment.low)
        let high = DecimalWriting.shortest(thousandths: segment.high)
        let value = DecimalWriting.shortest(thousandths: used.rounded(toStep: 1))
        lines.append(
            "  " + words.explainBetween(low, segment.lowIndex, high, segment.highIndex) + "  (\(clauses.table))")
        lines.append(
            "  IAQI = (\(segment.highIndex) - \(segment.lowIndex)) / (\(high) - \(low)) × (\(value) - \(low)) + "
                + "\(segment.lowIndex) = \(exact(used, segment))  (\(clauses.formula))")
        lines.append("  " + words.explainUp(subIndex) + "  (\(clauses.roundingUp))")
        return lines
    }

    /// The interpolated index to three decimals, cut off and followed by `...` where more follow.
    private func exact(_ mean: Mean, _ segment: BreakpointTable.Segment) -> String {
        let run = Int64(segment.high - segment.low) * Int64(mean.count)
        let rise = Int64(segment.highIndex - segment.lowIndex)
        let above = rise * (mean.sum - Int64(segment.low) * Int64(mean.count)) * 1000
        let thousandths = Int64(segment.lowIndex) * 1000 + above / run
        return DecimalWriting.shortest(thousandths: Int32(thousandths)) + (above % run == 0 ? "" : "...")
    }

    private var conclusion: String {
        guard let index = report.index, let level = report.level else { return "AQI = NA" }
        let primary = Indicator.allSeven.filter(report.primary.contains).map(words.indicator)
        return words.explainIndex(
            index, level: Int(level.rawValue), words.level(level),
            primary: primary.isEmpty ? words.noPrimary : primary.joined(separator: ", "))
            + "  (\(report.edition.clauses.primary))"
    }
}

extension Edition {
    /// The standard as people cite it.
    package var title: String {
        switch self {
        case .hj633Of2012: "HJ 633-2012"
        case .hj633Of2026: "HJ 633-2026"
        }
    }

    /// Where the standard says what.
    struct Clauses {
        var rounding: String
        var table: String
        var formula: String
        var roundingUp: String
        var primary: String
    }

    var clauses: Clauses {
        switch self {
        case .hj633Of2012:
            Clauses(
                rounding: "HJ 633-2012", table: "table 1", formula: "4.3", roundingUp: "6.2", primary: "4.4")
        case .hj633Of2026:
            Clauses(
                rounding: "4.2.2, 4.2.3, GB/T 8170", table: "table 3", formula: "4.2.4", roundingUp: "4.2.6",
                primary: "4.3.1")
        }
    }
}
