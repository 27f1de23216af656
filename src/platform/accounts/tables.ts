/** What better-auth calls its tables and columns, and what db/migrations/007_accounts.sql does. */
const dates = { createdAt: "created_at", updatedAt: "updated_at" };

export const tables = {
  user: {
    modelName: "person",
    fields: { emailVerified: "email_verified", ...dates },
    additionalFields: { locale: { type: "string", required: false, input: false } },
  },
  session: {
    modelName: "person_session",
    fields: { userId: "user_id", expiresAt: "expires_at", ipAddress: "ip_address", userAgent: "user_agent", ...dates },
    additionalFields: { tenantId: { type: "string", fieldName: "tenant_id", required: false, input: false } },
  },
  account: {
    modelName: "person_account",
    fields: {
      userId: "user_id",
      accountId: "account_id",
      providerId: "provider_id",
      accessToken: "access_token",
      refreshToken: "refresh_token",
      idToken: "id_token",
      accessTokenExpiresAt: "access_token_expires_at",
      refreshTokenExpiresAt: "refresh_token_expires_at",
      ...dates,
    },
  },
  verification: { modelName: "person_proof", storeIdentifier: "hashed", fields: { expiresAt: "expires_at", ...dates } },
} as const;

export const twoFactorTables = {
  user: { fields: { twoFactorEnabled: "two_factor_enabled" } },
  twoFactor: {
    modelName: "person_two_factor",
    fields: {
      userId: "user_id",
      backupCodes: "backup_codes",
      failedVerificationCount: "failed_verification_count",
      lockedUntil: "locked_until",
    },
  },
} as const;
