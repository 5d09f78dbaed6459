package import AQICore
import Texts
import Warnings

/// The observed index against the forecast, hour by hour, as SVG. Coordinates are integers.
package struct Curve: Equatable, Sendable {
    package struct Line: Equatable, Sendable {
        package let name: String
        /// From the first hour on; nil where nothing is known.
        package let indices: [Int32?]

        package init(name: String, indices: [Int32?]) {
            self.name = name
            self.indices = indices
        }
    }

    package let title: String
    /// What the curve shows, for those who do not see it.
    package let description: String
    package let first: Hour
    package let observed: Line
    package let forecast: Line
    /// Above it the air is heavy.
    package let base: Int32

    package init(
        title: String, description: String, first: Hour, observed: Line, forecast: Line, base: Int32
    ) {
        self.title = title
        self.description = description
        self.first = first
        self.observed = observed
        self.forecast = forecast
        self.base = base
    }

    private static let (left, right, top, bottom) = (44, 708, 34, 250)
    private var count: Int { max(2, observed.indices.count, forecast.indices.count) }

    private func x(_ place: Int) -> Int { Curve.left + place * (Curve.right - Curve.left) / (count - 1) }
    private func y(_ index: Int32) -> Int {
        Curve.bottom - Int(min(500, max(0, index))) * (Curve.bottom - Curve.top) / 500
    }

    var svg: Markup {
        var parts: [Markup] = [
            .tag("title", ["id": "curve-title"], title), .tag("desc", ["id": "curve-desc"], description),
        ]
        for index: Int32 in [0, 100, 200, 300, 400, 500] {
            parts.append(line(Curve.left, y(index), Curve.right, y(index), "#bbb", width: 1))
            parts.append(label("\(index)", at: Curve.left - 6, y(index) + 4, anchor: "end"))
        }
        parts.append(line(Curve.left, y(base), Curve.right, y(base), "#c00000", width: 2))
        parts += days
        parts += lines(of: forecast, colour: "#0050b0", dashes: "7 4")
        parts += lines(of: observed, colour: "#111", dashes: nil)
        parts += legend(observed.name, at: Curve.left, "#111", nil)
        parts += legend(forecast.name, at: 300, "#0050b0", "7 4")
        return .tag(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 720 280", "role": "img",
                "aria-labelledby": "curve-title curve-desc",
            ], parts)
    }

    /// A mark at each midnight, with the day that begins there; not more labels than there is room for.
    private var days: [Markup] {
        let midnights = (0..<count).filter { (first + Int32($0)).numberInDay == 1 }
        let step = max(1, midnights.count / 10)
        return midnights.enumerated().flatMap { place, hour in
            let date = (first + Int32(hour)).day.date
            let mark = line(x(hour), Curve.top, x(hour), Curve.bottom, "#ddd", width: 1)
            guard place % step == 0 else { return [mark] }
            return [mark, label("\(date.month)-\(date.day)", at: x(hour), Curve.bottom + 18, anchor: "middle")]
        }
    }

    /// A line for each run of known hours; a dot for an hour on its own.
    private func lines(of series: Line, colour: String, dashes: String?) -> [Markup] {
        var runs: [[(Int, Int32)]] = [[]]
        for (place, index) in series.indices.enumerated() {
            if let index {
                runs[runs.count - 1].append((place, index))
            } else if runs.last?.isEmpty == false {
                runs.append([])
            }
        }
        return runs.compactMap { run in
            guard let only = run.first else { return nil }
            if run.count == 1 {
                return .tag(
                    "rect",
                    [
                        "x": "\(x(only.0) - 3)", "y": "\(y(only.1) - 3)", "width": "6", "height": "6", "fill": colour,
                    ])
            }
            let points = run.map { "\(x($0.0)),\(y($0.1))" }.joined(separator: " ")
            return .tag(
                "polyline",
                [
                    "points": points, "fill": "none", "stroke": colour, "stroke-width": "2",
                    "stroke-dasharray": dashes ?? "none",
                ])
        }
    }

    private func legend(_ name: String, at x: Int, _ colour: String, _ dashes: String?) -> [Markup] {
        [
            .tag(
                "line",
                [
                    "x1": "\(x)", "y1": "14", "x2": "\(x + 36)", "y2": "14", "stroke": colour, "stroke-width": "2",
                    "stroke-dasharray": dashes ?? "none",
                ]), label(name, at: x + 44, 18, anchor: "start"),
        ]
    }

    private func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ colour: String, width: Int) -> Markup {
        .tag(
            "line",
            [
                "x1": "\(x1)", "y1": "\(y1)", "x2": "\(x2)", "y2": "\(y2)", "stroke": colour,
                "stroke-width": "\(width)",
            ])
    }

    private func label(_ text: String, at x: Int, _ y: Int, anchor: String) -> Markup {
        .tag("text", ["x": "\(x)", "y": "\(y)", "text-anchor": anchor, "font-size": "12", "fill": "#111"], text)
    }
}
