namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Checks the tree of a group's links (a version 1 B-tree whose leaves are symbol table nodes).</summary>
/// <param name="bytes">The file.</param>
/// <param name="visit">Notes the address of a part.</param>
/// <param name="checkEntry">Checks the link at an address.</param>
/// <param name="namesLength">Length in bytes of the names that links refer to.</param>
internal sealed class Hdf5GroupTree(Hdf5Bytes bytes, Action<long> visit, Action<long> checkEntry, long namesLength)
{
    private const int MaxLevel = 4;
    private readonly long[] _nextOfLevel = new long[MaxLevel + 1];

    internal void Check(long root)
    {
        int level = bytes.Byte(root + 5);
        bytes.Require(level <= MaxLevel, "has a group with more levels than weights need");
        Array.Fill(_nextOfLevel, Hdf5Bytes.Undefined);
        CheckNode(root, level, isFirst: true);
        bytes.Require(Array.TrueForAll(_nextOfLevel, next => next == Hdf5Bytes.Undefined), "has a group whose nodes lead out of it");
    }

    private void CheckNode(long address, int level, bool isFirst)
    {
        const int RightNeighbor = 16;
        const int FirstChild = 32;
        const int ChildStep = 16;
        visit(address);
        bytes.RequireSignature(address, "TREE"u8);
        bytes.Require(bytes.Byte(address + 4) == 0 && bytes.Byte(address + 5) == level, "has a group with a node of the wrong kind");
        bytes.Require(isFirst || _nextOfLevel[level] == address, "has a group whose nodes are not in order");
        _nextOfLevel[level] = bytes.Int64(address + RightNeighbor);
        int count = bytes.UInt16(address + 6);

        // A key stands before each child, and one more after the last.
        bytes.RequireInside(address, FirstChild + (long)count * ChildStep);
        for (int i = 0; i < count; i++)
        {
            long child = bytes.Int64(address + FirstChild + (long)i * ChildStep);
            if (level == 0)
            {
                CheckLinks(child);
            }
            else
            {
                CheckNode(child, level - 1, isFirst && i == 0);
            }
        }
    }

    private void CheckLinks(long address)
    {
        const int FirstEntry = 8;
        const int EntryLength = 40;
        visit(address);
        bytes.RequireSignature(address, "SNOD"u8);
        bytes.Require(bytes.Byte(address + 4) == 1, "has a list of links of an unknown version");
        int count = bytes.UInt16(address + 6);
        for (int i = 0; i < count; i++)
        {
            long entry = address + FirstEntry + (long)i * EntryLength;
            bytes.RequireInside(entry, EntryLength);
            bytes.Require(bytes.Int64(entry) >= 0 && bytes.Int64(entry) < namesLength, "has a link without a name");
            checkEntry(entry);
        }
    }
}
