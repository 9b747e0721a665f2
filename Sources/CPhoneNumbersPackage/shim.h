/* Deliberately empty: CPhoneNumbers includes the library. */
