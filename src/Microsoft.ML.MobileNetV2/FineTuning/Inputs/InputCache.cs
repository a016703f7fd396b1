namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Holds the inputs of a training: in memory as far as the budget goes, the others in a temporary file.</summary>
/// <remarks>Numbers are the same bits in both. Rows are added by one thread, and read by one.</remarks>
internal sealed class InputCache : NetworkInputs, IDisposable
{
    /// <summary>Numbers that are allocated together: 16 MiB.</summary>
    private const int ChunkLength = 4 * 1024 * 1024;

    private readonly List<float[]> _chunks = [];
    private readonly int _rowLength;
    private readonly int _rowsPerChunk;
    private readonly long _rowsInMemory;
    private readonly InputFile _file;
    private int _rowCount;

    /// <param name="rowLength">Numbers of a row.</param>
    /// <param name="memory">The most bytes in memory.</param>
    /// <param name="file">Holds the other rows; disposed with this object.</param>
    internal InputCache(int rowLength, long memory, InputFile file)
    {
        _rowLength = rowLength;
        _rowsPerChunk = Math.Max(1, ChunkLength / rowLength);
        _rowsInMemory = memory / (sizeof(float) * (long)rowLength);
        _file = file;
    }

    internal override int RowCount => _rowCount;

    internal override int RowLength => _rowLength;

    /// <summary>Adds a row.</summary>
    /// <exception cref="IOException">It does not fit into memory, and cannot be written.</exception>
    internal void Add(ReadOnlySpan<float> row)
    {
        if (_rowCount >= _rowsInMemory)
        {
            _file.Write(_rowCount - _rowsInMemory, row);
        }
        else
        {
            if (_rowCount % _rowsPerChunk == 0)
            {
                int rows = (int)Math.Min(_rowsPerChunk, _rowsInMemory - _rowCount);
                _chunks.Add(GC.AllocateUninitializedArray<float>(rows * _rowLength));
            }

            row.CopyTo(InMemory(_rowCount));
        }

        _rowCount++;
    }

    internal override void Read(int row, Span<float> destination)
    {
        if (row >= _rowsInMemory)
        {
            _file.Read(row - _rowsInMemory, destination);
        }
        else
        {
            InMemory(row).CopyTo(destination);
        }
    }

    public void Dispose() => _file.Dispose();

    private Span<float> InMemory(int row) => _chunks[row / _rowsPerChunk].AsSpan(row % _rowsPerChunk * _rowLength, _rowLength);
}
