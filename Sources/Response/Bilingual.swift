/// A text in the two languages of the program.
package struct Bilingual: Equatable, Sendable {
    package let zh: String
    package let en: String

    package init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }
}
