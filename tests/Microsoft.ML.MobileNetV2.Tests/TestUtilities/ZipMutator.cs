using System.IO.Compression;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Damages the content of entries of a .zip and packs them again with right lengths and checksums, so that the damage is met behind the zip.</summary>
internal sealed class ZipMutator
{
    private readonly (string Name, byte[] Content)[] _entries;
    private readonly Func<string, byte[], FileMutator, byte[]> _mutate;

    /// <param name="zip">A .zip.</param>
    /// <param name="mutate">Damages an entry, given its name and its content.</param>
    internal ZipMutator(byte[] zip, Func<string, byte[], FileMutator, byte[]> mutate)
    {
        _entries = Unpack(zip);
        _mutate = mutate;
    }

    /// <summary>Gets which entries are damaged, by their names; all others stay as they are.</summary>
    internal Predicate<string> IsDamaged { get; init; } = _ => true;

    /// <summary>Returns a .zip of the same entries, not compressed.</summary>
    internal static byte[] Repack(byte[] zip) => Pack(Unpack(zip));

    internal static byte[] Pack(IEnumerable<(string Name, byte[] Content)> entries)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    internal byte[] Mutate(FileMutator mutator)
    {
        List<(string Name, byte[] Content)> entries = [.. _entries];
        for (int count = 1 + mutator.Next(2); count > 0; count--)
        {
            int[] candidates = [.. Enumerable.Range(0, entries.Count).Where(place => IsDamaged(entries[place].Name))];
            if (candidates.Length == 0)
            {
                break;
            }

            int index = candidates[mutator.Next(candidates.Length)];
            (string name, byte[] content) = entries[index];
            switch (mutator.Next(16))
            {
                case 0:
                    entries.RemoveAt(index);
                    break;
                case 1:
                    entries.Add((name, content));
                    break;
                case 2:
                    entries[index] = (name, entries[mutator.Next(entries.Count)].Content);
                    break;
                case 3:
                    entries[index] = (entries[mutator.Next(entries.Count)].Name + "x", content);
                    break;
                default:
                    entries[index] = (name, _mutate(name, content, mutator));
                    break;
            }
        }

        return Pack(entries);
    }

    private static (string Name, byte[] Content)[] Unpack(byte[] zip)
    {
        using ZipArchive archive = new(new MemoryStream(zip));
        return [.. archive.Entries.Select(entry => (entry.FullName, Read(entry)))];
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
