/// Values by whole numbers, written in the order of the numbers, each before its value: the same state is the same text in every
/// run, which the order of a dictionary is not.
@propertyWrapper
package struct InOrder<Value: Equatable & Codable & Sendable>: Equatable, Codable, Sendable {
    package var wrappedValue: [Int32: Value]

    package init(wrappedValue: [Int32: Value]) { self.wrappedValue = wrappedValue }

    package init(from decoder: any Decoder) throws { wrappedValue = try [Int32: Value](from: decoder) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for (number, value) in wrappedValue.sorted(by: { $0.key < $1.key }) {
            try container.encode(number)
            try container.encode(value)
        }
    }
}
