/* Deliberately empty: CSimdjson includes the library. */
