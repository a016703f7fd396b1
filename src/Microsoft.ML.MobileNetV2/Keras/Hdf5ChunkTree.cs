namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Lists the chunks of numbers, from a version 1 B-tree.</summary>
/// <param name="bytes">The file.</param>
/// <param name="visit">Notes the address of a part.</param>
/// <param name="numbers">What the chunks hold.</param>
internal sealed class Hdf5ChunkTree(Hdf5Bytes bytes, Action<long> visit, Hdf5ChunkedNumbers numbers)
{
    private const int MaxLevel = 8;
    private readonly List<Hdf5Chunk> _chunks = [];
    private readonly HashSet<long> _indices = [];

    /// <summary>Returns the chunks: each one once, all inside of the file, and none missing.</summary>
    internal IReadOnlyList<Hdf5Chunk> Read()
    {
        if (numbers.ChunkCount > 0)
        {
            ReadNode(numbers.TreeAddress, bytes.Byte(numbers.TreeAddress + 5));
        }

        bytes.Require(_chunks.Count == numbers.ChunkCount, "lacks chunks of its numbers");
        return _chunks;
    }

    private void ReadNode(long address, int level)
    {
        const int FirstKey = 24;
        visit(address);
        bytes.RequireSignature(address, "TREE"u8);
        bytes.Require(level <= MaxLevel && bytes.Byte(address + 4) == 1 && bytes.Byte(address + 5) == level, "has chunks with a node of the wrong kind");
        int count = bytes.UInt16(address + 6);
        long keyLength = 8 + (numbers.Shape.Length + 1L) * sizeof(long);
        bytes.RequireInside(address, FirstKey + count * (keyLength + sizeof(long)));
        for (int i = 0; i < count; i++)
        {
            long key = address + FirstKey + i * (keyLength + sizeof(long));
            long child = bytes.Int64(key + keyLength);
            if (level == 0)
            {
                Add(key, child);
            }
            else
            {
                ReadNode(child, level - 1);
            }
        }
    }

    private void Add(long key, long address)
    {
        int length = bytes.Int32(key);
        bytes.RequireInside(address, length);
        int[] start = new int[numbers.Shape.Length];
        long index = 0;
        for (int i = 0; i < start.Length; i++)
        {
            long first = bytes.Int64(key + 8 + i * sizeof(long));
            int chunk = numbers.ChunkShape[i];
            bytes.Require(first >= 0 && first < numbers.Shape[i] && first % chunk == 0, "has chunks outside of its numbers");
            start[i] = (int)first;
            index = index * ((numbers.Shape[i] + (long)chunk - 1) / chunk) + first / chunk;
        }

        bytes.Require(_indices.Add(index), "has two chunks for the same numbers");
        _chunks.Add(new(address, length, bytes.Int32(key + 4), start));
    }
}
