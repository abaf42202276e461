package dev.flowir.kernel.form;

import java.io.IOException;

/** What a host does for the forms that it takes. */
public interface FormHost {

    /** A sum over bytes as they come. */
    interface Sum {

        /**
         * Adds bytes.
         *
         * @param bytes some of which are added; they change after that
         * @param offset the first
         * @param length how many
         */
        void add(byte[] bytes, int offset, int length);

        /**
         * Ends it.
         *
         * @return 64 lower-case hexadecimal digits
         * @throws IOException when it cannot be had
         */
        String hex() throws IOException;
    }

    /** {@return an SHA-256 of nothing yet} */
    Sum sha256();

    /**
     * Tells those who operate it what went wrong on its side.
     *
     * @param what in words
     * @param why the cause
     */
    void failed(String what, Throwable why);
}
