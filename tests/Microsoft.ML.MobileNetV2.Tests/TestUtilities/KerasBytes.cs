using System.Buffers.Binary;
using System.Text;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Makes HDF5 files as Keras saves weights: a group for each layer, in the file format of HDF5 1.6.</summary>
internal sealed class KerasBytes
{
    private const int LinksOfNode = 8;
    private const long Undefined = -1;
    private readonly List<byte> _file = [.. new byte[96]];

    /// <summary>Makes a file of tensors that are named <c>layer/weight</c>.</summary>
    internal static byte[] From(Checkpoint checkpoint)
    {
        KerasBytes writer = new();
        IEnumerable<(string Name, long Address)> layers = checkpoint.Tensors
            .GroupBy(pair => pair.Key[..pair.Key.LastIndexOf('/')])
            .Select(layer => (layer.Key, writer.Group(layer.Select(pair => (pair.Key[(layer.Key.Length + 1)..] + ":0", writer.Dataset(pair.Value))))));
        return writer.Finish(writer.Group(layers));
    }

    /// <summary>Makes a file as Keras 3 writes it: a group for each part of a tensor's name.</summary>
    internal static byte[] Nested(IReadOnlyDictionary<string, WeightTensor> tensors)
    {
        KerasBytes writer = new();
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
        long data = Add(numbers);
        byte[] shape = [1, (byte)tensor.Shape.Count, 0, 0, 0, 0, 0, 0, .. tensor.Shape.SelectMany(dimension => BitConverter.GetBytes((long)dimension))];
        byte[] type = [0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0, 0, 0, 0, 0];
        byte[] layout = [3, 1, .. BitConverter.GetBytes(data), .. BitConverter.GetBytes(numbers.LongLength), 0, 0, 0, 0, 0, 0];
        return Header((0x01, shape), (0x03, type), (0x08, layout));
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
