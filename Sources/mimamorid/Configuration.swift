// The daemon's configuration as a value. This file is the reference: every option with its default, its reason and the
// rule behind it; etc/mimamorid.toml says the same to the person who edits it. Reading TOML is ConfigurationFile.swift's.

package import MimamoriCore
package import MimamoriMerkle
package import MimamoriServer

package struct Configuration: Sendable, Hashable {
    /// Every key that a configuration file may have; any other refuses to start (lessons: phoss-ap #58).
    package enum Key: String, Sendable, CaseIterable {
        case relayAddress = "relay.address"
        case listenAPI = "listen.api"
        case listenAddressFile = "listen.address_file"
        case tlsCertificate = "tls.certificate"
        case tlsKey = "tls.key"
        case tlsRoots = "tls.roots"
        case tlsRevocationLists = "tls.revocation_lists"
        case tlsStrictGroups = "tls.strict_groups"
        case statementCertificate = "statement.certificate"
        case statementKey = "statement.key"
        case storeDatabase = "store.database"
        case keysKeyEncryptionKeys = "keys.key_encryption_keys"
        case keysLogSeed = "keys.log_seed"
        case policyHighestConfidentiality = "policy.highest_confidentiality"
        case policyClockToleranceSeconds = "policy.clock_tolerance_seconds"
        case referralRequiresRequest = "referral.requires_request"
        case requestOneCaseDays = "request.one_case_days"
        case requestStandingDays = "request.standing_days"
        case dutyRenewalDays = "duty.renewal_days"
        case dutyNoticeFile = "duty.notice_file"
        case labelsEquivalents = "labels.equivalents"
        case retentionReferral = "retention.referral"
        case retentionRequest = "retention.request"
        case retentionResponse = "retention.response"
        case retentionConsultation = "retention.consultation"
        case retentionReport = "retention.report"
        case retentionBulletin = "retention.bulletin"
        case retentionMaterial = "retention.material"
        case retentionNotice = "retention.notice"
        case limitsConnections = "limits.connections"
        case limitsIdleSeconds = "limits.idle_seconds"
        case limitsUploadSeconds = "limits.upload_seconds"
        case useReadsBeforeAlert = "use.reads_before_alert"
        case useOfficeHours = "use.office_hours"
        case useRefusalsBeforePause = "use.refusals_before_pause"
        case usePauseSeconds = "use.pause_seconds"
        case logLevel = "log.level"
        case logWitnesses = "log.witnesses"

        package var table: String { String(rawValue.prefix { $0 != "." }) }
        package var name: String { String(rawValue.drop { $0 != "." }.dropFirst()) }
    }

    /// Where the relay listens.
    package struct Listener: Sendable, Hashable {
        /// A host name or address, without brackets.
        package let host: String
        /// 0 takes a free port.
        package let port: Int
    }

    package enum LogLevel: String, Sendable, CaseIterable {
        case debug, info, notice, warning, error
    }

    /// The relay's own party, as its statement certificate names it. Required.
    package var address: Address
    /// Default `127.0.0.1:8443`: a relay that nobody has thought about is not on the network.
    package var listener = Listener(host: "127.0.0.1", port: 8443)
    /// The bound address is written here once the relay listens; useful with port 0. Default: nowhere.
    package var addressFile: String?
    /// The server's certificate chain and key, and whether plain X25519 stays out of the handshake (default: no;
    /// SD-CRY-1, SD-TLS-2). Required.
    package var tls: TLSSettings
    /// The certification authorities that vouch for persons and parties (SD-TLS-4). Required.
    package var rootsPath: String
    /// Their revocation lists (SD-TLS-5). Default: none, which `check-config` remarks on.
    package var revocationListPaths: [String] = []
    /// Signs receipts and the log key's statement. Required.
    package var statementCertificatePath: String
    package var statementKeyPath: String
    /// The SQLite database. Required; `init` creates it.
    package var databasePath: String
    /// Keys under which every data key is wrapped; never in the database nor beside its backups (SD-CRY-8). Required.
    package var keyEncryptionKeysPath: String
    /// The seed of the key that signs the access log's checkpoints (SD-LOG-6). Required.
    package var logSeedPath: String
    /// 機密性 2, a clock that may be ten minutes apart, and what notice and directive leave to an office (SD-CLS-4, SD-CLS-6,
    /// SD-LOG-5, N16, N17, N19, N22): the defaults are PolicySettings'.
    package var policy = PolicySettings()
    /// From when on a person's use is abnormal (SD-ACC-8, SD-AUT-9): the defaults are UseLimits'.
    package var useLimits = UseLimits()
    /// A text of the office's own, shown after the statutory duty of confidentiality (N19). Default: none.
    package var dutyNoticePath: String?
    /// 1,000 connections, 75 s of silence, 120 s for one body (SD-AUT-13).
    package var limits = ServerLimits()
    /// Default `info`: refusals and what moved. `debug` adds a line for every request.
    package var logLevel = LogLevel.info
    /// The verifier keys of those whose cosignatures under the access log's heads are kept (SD-LOG-6). Default: none, and
    /// then only its own readers can tell that the log was not replaced.
    package var witnesses: [CosignatureVerifier] = []
    /// SHA-256 of the file as read, for the log's start entry.
    package var digest: ContentDigest
}

/// One mistake in a configuration, for the person who must mend it.
package struct ConfigurationMistake: Sendable, Hashable {
    /// `table.key`, or the file's own name for what is wrong with it as a whole.
    package let key: String
    package let message: Bilingual
}

/// Every mistake of a configuration at once.
package struct ConfigurationMistakes: Error, Sendable {
    package let all: [ConfigurationMistake]
}
