using Google.Protobuf;
using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Makes ONNX models as other exporters write them, by changing this library's own.</summary>
internal static class OnnxModels
{
    internal static ModelProto Create(MobileNetV2Weights weights, int inputSize = 64, MobileNetV2Output output = MobileNetV2Output.ClassLogits)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(NetworkModel.Create(new NetworkSpecification(weights, inputSize, output)));
        model.MetadataProps.Clear();
        return model;
    }

    /// <summary>Gives every value a name that says nothing.</summary>
    internal static ModelProto Anonymize(this ModelProto model)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        string Rename(string name) => names.TryGetValue(name, out string? known) ? known : names[name] = $"onnx::{names.Count}";
        foreach (TensorProto tensor in model.Graph.Initializer)
        {
            tensor.Name = Rename(tensor.Name);
        }

        foreach (NodeProto node in model.Graph.Node)
        {
            node.Name = string.Empty;
            string[] inputs = [.. node.Input.Select(Rename)];
            string[] outputs = [.. node.Output.Select(Rename)];
            node.Input.Clear();
            node.Input.Add(inputs);
            node.Output.Clear();
            node.Output.Add(outputs);
        }

        foreach (ValueInfoProto value in model.Graph.Input.Concat(model.Graph.Output))
        {
            value.Name = Rename(value.Name);
        }

        return model;
    }

    /// <summary>Puts batch norm behind each convolution instead of folding it in.</summary>
    internal static ModelProto Unfold(this ModelProto model, MobileNetV2Weights weights, float epsilon)
    {
        NodeProto[] convs = [.. model.Convs()];
        int index = 0;
        foreach (ConvLayer layer in weights.Description.Architecture.ConvLayers)
        {
            NodeProto conv = convs[index++];
            NodeProto batchNorm = new() { OpType = "BatchNormalization", Name = layer.BatchNormName };
            batchNorm.Input.Add($"{conv.Output[0]}.raw");
            batchNorm.Output.Add(conv.Output[0]);
            batchNorm.Attribute.Add(OnnxGraphBuilder.Single("epsilon", epsilon));
            foreach (string part in new[] { "weight", "bias", "running_mean", "running_var" })
            {
                string name = $"{layer.BatchNormName}.{part}";
                model.Graph.Initializer.Add(Tensor(name, weights.Checkpoint.Tensors[name]));
                batchNorm.Input.Add(name);
            }

            conv.Output[0] += ".raw";
            conv.Input.RemoveAt(2);
            model.Graph.Initializer.Single(tensor => tensor.Name == conv.Input[1]).RawData =
                ByteString.CopyFrom(TorchBytes.Bytes(weights.Checkpoint.Tensors[$"{layer.Name}.weight"]));
            model.Graph.Node.Insert(model.Graph.Node.IndexOf(conv) + 1, batchNorm);
        }

        return model;
    }

    internal static IEnumerable<NodeProto> Convs(this ModelProto model) => model.Graph.Node.Where(node => node.OpType == "Conv");

    internal static bool HasStrideTwo(NodeProto conv) => conv.Integers("strides").All(stride => stride == 2);

    internal static void Set(this NodeProto node, AttributeProto attribute)
    {
        if (node.Find(attribute.Name) is { } old)
        {
            node.Attribute.Remove(old);
        }

        node.Attribute.Add(attribute);
    }

    /// <summary>Changes the graph: who uses what, what nodes do, and what tensors claim.</summary>
    internal static ModelProto Damage(ModelProto model, FileMutator mutator)
    {
        NodeProto node = model.Graph.Node[mutator.Next(model.Graph.Node.Count)];
        NodeProto other = model.Graph.Node[mutator.Next(model.Graph.Node.Count)];
        TensorProto tensor = model.Graph.Initializer[mutator.Next(model.Graph.Initializer.Count)];
        switch (mutator.Next(8))
        {
            case 0 when node.Input.Count > 0 && other.Output.Count > 0:
                node.Input[mutator.Next(node.Input.Count)] = other.Output[0];
                break;
            case 1 when node.Attribute.Count > 0:
                node.Attribute[mutator.Next(node.Attribute.Count)].Ints.Add(long.MaxValue);
                break;
            case 2:
                node.OpType = other.OpType;
                break;
            case 3:
                node.Input.Clear();
                break;
            case 4:
                node.Output.Clear();
                break;
            case 5:
                model.Graph.Node.Add(node);
                break;
            case 6:
                tensor.Dims.Add([long.MaxValue, -1, 1L << 40]);
                break;
            default:
                tensor.Dims.Clear();
                tensor.RawData = ByteString.Empty;
                tensor.FloatData.Add(float.NaN);
                break;
        }

        return model;
    }

    internal static TensorProto Tensor(string name, WeightTensor tensor)
    {
        TensorProto proto = new() { Name = name, DataType = 1, RawData = ByteString.CopyFrom(TorchBytes.Bytes(tensor)) };
        proto.Dims.Add(tensor.Shape.Select(dimension => (long)dimension));
        return proto;
    }

    internal static MobileNetV2Weights Load(ModelProto model) => SafetensorsBytes.Load(model.ToByteArray(), "x.onnx");
}
