/* Deliberately empty: CICU includes the library. */
