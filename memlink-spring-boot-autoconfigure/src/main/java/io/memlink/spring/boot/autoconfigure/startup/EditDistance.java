package io.memlink.spring.boot.autoconfigure.startup;

/**
 * Number of letters that were left out, added, mistaken or exchanged with their
 * neighbour.
 */
final class EditDistance {

    private EditDistance() {
    }

    static int between(String a, String b) {
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = (i == 0 || j == 0) ? i + j : step(rows, a, b, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int step(int[][] rows, String a, String b, int i, int j) {
        int mistaken = (a.charAt(i - 1) != b.charAt(j - 1)) ? 1 : 0;
        int least = Math.min(rows[i - 1][j - 1] + mistaken, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(least, 1 + rows[i - 2][j - 2]) : least;
    }

}
