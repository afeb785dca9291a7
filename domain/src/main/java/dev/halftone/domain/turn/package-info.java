/// Who is served next of those who wait: fairness between batches, wherever they meet.
package dev.halftone.domain.turn;
