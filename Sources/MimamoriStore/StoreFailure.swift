// What can go wrong between the house and its database. The message is safe to show to anybody; the cause names
// tables, codes and files for the operator's log and holds no value of any row. An expected "no" is never one of these.

package import MimamoriCore

package struct StoreFailure: Failure {
    package enum Kind: String, Sendable {
        /// Too much is waiting; coming again soon helps.
        case busy
        /// No space is left; nothing was stored. Works again by itself once there is space.
        case full
        /// The database cannot be reached, or its disk failed; an operator must look.
        case unavailable
        /// The database holds, or was asked to hold, what contradicts its rules.
        case corrupt
        /// The database was made by another version or another program.
        case schema
    }

    package let kind: Kind
    package let message: Bilingual
    /// For the log only.
    package let cause: String

    package init(_ kind: Kind, message: Bilingual, cause: String) {
        self.kind = kind
        self.message = message
        self.cause = cause
    }

    package var retryAfterSeconds: Int? {
        switch kind {
        case .busy: 1
        case .full, .unavailable: 30
        case .corrupt, .schema: nil
        }
    }
}

extension StoreFailure {
    static func busy(_ cause: String) -> StoreFailure {
        StoreFailure(
            .busy,
            message: Bilingual(
                ja: "中継が混み合っています。何も保存されていません。少し待ってから、もう一度お試しください。",
                en: "The relay is busy; nothing was stored. Wait a little and try again."),
            cause: cause)
    }

    static func full(_ cause: String) -> StoreFailure {
        StoreFailure(
            .full,
            message: Bilingual(
                ja: "中継の保存領域に空きがありません。何も保存されていません。運用担当者が空きを作れば、そのまま再開します。",
                en: "The relay's disk is full; nothing was stored. It goes on by itself once its operator makes space."),
            cause: cause)
    }

    static func unavailable(_ cause: String) -> StoreFailure {
        StoreFailure(
            .unavailable,
            message: Bilingual(
                ja: "中継のデータベースが使えません。何も保存されていません。運用担当者に連絡してください。",
                en: "The relay's database cannot be used; nothing was stored. Tell the relay's operator."),
            cause: cause)
    }

    /// After a failed flush: what the disk holds is unknown, and asking it again would get a false "yes".
    static func diskFailed(_ cause: String) -> StoreFailure {
        StoreFailure(
            .unavailable,
            message: Bilingual(
                ja: "中継のディスクに書き込めなかったため、受付を止めています。運用担当者がディスクを確かめ、再起動する必要があります。",
                en: "The relay's disk failed to write, so it accepts nothing more. "
                    + "Its operator must check the disk and start the relay again."),
            cause: cause)
    }

    /// A value in the database that this version cannot have written.
    static func unreadable(_ what: String) -> StoreFailure {
        StoreFailure(
            .corrupt,
            message: Bilingual(
                ja: "中継のデータベースの内容が壊れています。運用担当者に連絡してください。",
                en: "The relay's database holds something damaged. Tell the relay's operator."),
            cause: "unreadable: \(what)")
    }

    /// Something was to be written that breaks a rule of the schema: a defect of the relay, stopped at the last door.
    static func contradiction(_ cause: String) -> StoreFailure {
        StoreFailure(
            .corrupt,
            message: Bilingual(
                ja: "中継の不具合で、保存済みの内容と矛盾する書き込みが止められました。何も保存されていません。運用担当者に連絡してください。",
                en: "A defect of the relay tried to store what contradicts what is stored; nothing was stored. "
                    + "Tell the relay's operator."),
            cause: cause)
    }

    static func schema(_ message: Bilingual, cause: String) -> StoreFailure {
        StoreFailure(.schema, message: message, cause: cause)
    }
}
