using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Makes HDF5 files as Keras saves weights: a group for each layer, in the file format of HDF5 1.6.</summary>
internal sealed class KerasBytes
{
    private const int LinksOfNode = 8;
    private const long Undefined = -1;
    private readonly List<byte> _file = [.. new byte[96]];
    private readonly bool _isCompressed;

    private KerasBytes(bool isCompressed) => _isCompressed = isCompressed;

    /// <summary>Makes a file of tensors that are named <c>layer/weight</c>, each shuffled and compressed in one chunk if asked for.</summary>
    internal static byte[] From(Checkpoint checkpoint, bool isCompressed = false)
    {
        KerasBytes writer = new(isCompressed);
        IEnumerable<(string Name, long Address)> layers = checkpoint.Tensors
            .GroupBy(pair => pair.Key[..pair.Key.LastIndexOf('/')])
            .Select(layer => (layer.Key, writer.Group(layer.Select(pair => (pair.Key[(layer.Key.Length + 1)..] + ":0", writer.Dataset(pair.Value))))));
        return writer.Finish(writer.Group(layers));
    }

    /// <summary>Makes a file as Keras 3 writes it: a group for each part of a tensor's name.</summary>
    internal static byte[] Nested(IReadOnlyDictionary<string, WeightTensor> tensors, bool isCompressed = false)
    {
        KerasBytes writer = new(isCompressed);
        return writer.Finish(writer.Group([.. tensors.Select(pair => (pair.Key.Split('/'), pair.Value))], 0));
    }

    private long Group(IReadOnlyList<(string[] Path, WeightTensor Tensor)> tensors, int depth) => Group(tensors
        .GroupBy(tensor => tensor.Path[depth], StringComparer.Ordinal)
        .Select(part => (part.Key, part.First().Path.Length == depth + 1 ? Dataset(part.First().Tensor) : Group([.. part], depth + 1)))
        .ToArray());

    private byte[] Finish(long root)
    {
        byte[] file = [.. _file];
        ((byte[])[0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0, 0, 8, 8, 0, LinksOfNode / 2, 0, 16, 0]).CopyTo(file, 0);
        long[] addresses = [0, Undefined, file.Length, Undefined, 0, root, 0, 0, 0];
        for (int i = 0; i < addresses.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(24 + i * sizeof(long)), addresses[i]);
        }

        return file;
    }

    private long Dataset(WeightTensor tensor)
    {
        byte[] numbers = TorchBytes.Bytes(tensor);
        byte[] shape = [1, (byte)tensor.Shape.Count, 0, 0, 0, 0, 0, 0, .. tensor.Shape.SelectMany(dimension => BitConverter.GetBytes((long)dimension))];
        byte[] type = [0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0, 0, 0, 0, 0];
        if (_isCompressed && numbers.Length > 0)
        {
            byte[] filters = [1, 2, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0];
            return Header((0x01, shape), (0x03, type), (0x0b, filters), (0x08, Chunk(tensor.Shape, numbers)));
        }

        byte[] layout = [3, 1, .. BitConverter.GetBytes(Add(numbers)), .. BitConverter.GetBytes(numbers.LongLength), 0, 0, 0, 0, 0, 0];
        return Header((0x01, shape), (0x03, type), (0x08, layout));
    }

    /// <summary>Adds all numbers as one chunk, and returns the message that says where it is.</summary>
    private byte[] Chunk(IReadOnlyList<int> shape, byte[] numbers)
    {
        byte[] shuffled = [.. Enumerable.Range(0, 4).SelectMany(position => numbers.Where((_, index) => index % 4 == position))];
        using MemoryStream compressed = new();
        using (ZLibStream stream = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(shuffled);
        }

        long chunk = Add(compressed.ToArray());
        byte[] key = [.. BitConverter.GetBytes((int)compressed.Length), 0, 0, 0, 0, .. new byte[8 * (shape.Count + 1)]];
        long tree = Add([.. "TREE"u8, 1, 0, 1, 0, .. Numbers(Undefined, Undefined), .. key, .. Numbers(chunk), .. key]);
        byte[] layout = [3, 2, (byte)(shape.Count + 1), .. Numbers(tree), .. shape.Append(4).SelectMany(BitConverter.GetBytes)];
        return [.. layout, .. new byte[(8 - layout.Length % 8) % 8]];
    }

    private long Group(IEnumerable<(string Name, long Address)> links)
    {
        (string Name, long Address)[] sorted = [.. links.OrderBy(link => link.Name, StringComparer.Ordinal)];
        List<byte> names = [.. new byte[8]];
        List<(long Name, long Address)> placed = [];
        foreach ((string name, long address) in sorted)
        {
            placed.Add((names.Count, address));
            names.AddRange(Encoding.ASCII.GetBytes(name));
            names.AddRange(new byte[8 - name.Length % 8]);
        }

        long namesAddress = Add([.. names]);
        long heap = Add([.. "HEAP"u8, 0, 0, 0, 0, .. Numbers(names.Count, Undefined, namesAddress)]);
        (long LastName, long Address)[] nodes = [.. placed.Chunk(LinksOfNode).Select(chunk => (chunk[^1].Name, Links(chunk)))];
        long tree = Add(
        [
            .. "TREE"u8, 0, 0, (byte)nodes.Length, 0, .. Numbers(Undefined, Undefined, 0),
            .. nodes.SelectMany(node => Numbers(node.Address, node.LastName)),
        ]);
        return Header((0x11, Numbers(tree, heap)));
    }

    private long Links((long Name, long Address)[] links) =>
        Add([.. "SNOD"u8, 1, 0, (byte)links.Length, 0, .. links.SelectMany(link => Numbers(link.Name, link.Address, 0, 0, 0))]);

    private long Header(params (byte Type, byte[] Data)[] messages)
    {
        byte[] body = [.. messages.SelectMany(message => (byte[])[message.Type, 0, (byte)message.Data.Length, 0, 0, 0, 0, 0, .. message.Data])];
        return Add([1, 0, (byte)messages.Length, 0, 1, 0, 0, 0, .. BitConverter.GetBytes(body.Length), 0, 0, 0, 0, .. body]);
    }

    private long Add(byte[] part)
    {
        long address = _file.Count;
        _file.AddRange(part);
        _file.AddRange(new byte[(8 - part.Length % 8) % 8]);
        return address;
    }

    private static byte[] Numbers(params IEnumerable<long> values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
