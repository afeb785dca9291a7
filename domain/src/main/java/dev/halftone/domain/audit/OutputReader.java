package dev.halftone.domain.audit;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Port: reads an output CSV as one who got it would. Thread-safe.
public interface OutputReader {

    /// @param renditions how many columns of renditions stand behind that of the outputs
    /// @param each is given every row that is not blank, from top to bottom
    void read(InputStream csv, int renditions, Each each) throws IOException;

    /// Is given rows.
    interface Each {
        void row(OutputLine line) throws IOException;
    }

    /// A row of an output CSV.
    ///
    /// @param index from 0 over the rows that are not blank
    /// @param line in the file, from 1
    /// @param inputs the addresses of its images, in the form in which items keep them
    /// @param outputs for the outputs and for each rendition, what stands at each place, blank where nothing does
    record OutputLine(int index, long line, List<String> inputs, List<List<String>> outputs) {
        public OutputLine {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }
}
