using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Puts nodes into ONNX graphs, as other exporters and their users do.</summary>
internal static class GraphEdits
{
    internal const string Input = "input";
    internal const string Output = "output";

    /// <summary>Returns the first node of an operator.</summary>
    internal static NodeProto First(this ModelProto model, string operation) => model.Graph.Node.First(node => node.OpType == operation);

    /// <summary>Puts a node between the image and the first convolution, behind those that were put there before.</summary>
    internal static ModelProto BeforeStem(this ModelProto model, string operation, params IEnumerable<object> arguments)
    {
        NodeProto stem = model.Convs().First();
        NodeProto node = model.MakeNode(operation, $"pre.{model.Graph.Node.IndexOf(stem)}", stem.Input[0], arguments);
        stem.Input[0] = node.Output[0];
        model.Graph.Node.Insert(model.Graph.Node.IndexOf(stem), node);
        return model;
    }

    /// <summary>Puts a node behind the output of another one.</summary>
    internal static ModelProto Behind(this ModelProto model, NodeProto before, string operation, params IEnumerable<object> arguments)
    {
        string value = before.Output[0];
        before.Output[0] = $"{value}.{operation}.{model.Graph.Node.Count}";
        NodeProto node = model.MakeNode(operation, $"{operation}_inserted", before.Output[0], arguments);
        node.Output[0] = value;
        model.Graph.Node.Insert(model.Graph.Node.IndexOf(before) + 1, node);
        return model;
    }

    /// <summary>Takes a node out: what used its output uses its first input.</summary>
    internal static ModelProto Without(this ModelProto model, NodeProto node)
    {
        model.Graph.Node.Remove(node);
        foreach (NodeProto other in model.Graph.Node)
        {
            for (int i = 0; i < other.Input.Count; i++)
            {
                other.Input[i] = other.Input[i] == node.Output[0] ? node.Input[0] : other.Input[i];
            }
        }

        return model;
    }

    /// <summary>Replaces a node by others: each argument list is one node.</summary>
    internal static ModelProto Replace(this ModelProto model, NodeProto node, string operation, params IEnumerable<object> arguments)
    {
        NodeProto other = model.MakeNode(operation, $"{operation}_instead", node.Input[0], arguments);
        node.OpType = operation;
        node.Name = other.Name;
        node.Input.Clear();
        node.Input.Add(other.Input);
        node.Attribute.Clear();
        node.Attribute.Add(other.Attribute);
        return model;
    }

    internal static WeightTensor Numbers(params float[] values) => new([values.Length], values);

    internal static WeightTensor Scalar(float value) => new([], [value]);

    internal static WeightTensor PerChannel(params float[] values) => new([1, values.Length, 1, 1], values);

    /// <summary>Makes a node of a value and arguments: tensors and whole numbers become constants, attributes attributes, and null stands for the value.</summary>
    private static NodeProto MakeNode(this ModelProto model, string operation, string name, string value, IEnumerable<object> arguments)
    {
        NodeProto node = new() { OpType = operation, Name = name };
        node.Output.Add($"{name}.out");
        object[] all = [.. arguments];
        if (!all.Contains("x"))
        {
            node.Input.Add(value);
        }

        foreach (object argument in all)
        {
            string constant = $"{name}.{node.Input.Count}.{model.Graph.Initializer.Count}";
            switch (argument)
            {
                case AttributeProto attribute:
                    node.Attribute.Add(attribute);
                    break;
                case WeightTensor tensor:
                    model.Graph.Initializer.Add(OnnxModels.Tensor(constant, tensor));
                    node.Input.Add(constant);
                    break;
                case long[] numbers:
                    model.Graph.Initializer.Add(Integers(constant, numbers));
                    node.Input.Add(constant);
                    break;
                case "x":
                    node.Input.Add(value);
                    break;
                default:
                    node.Input.Add((string)argument);
                    break;
            }
        }

        return node;
    }

    private static TensorProto Integers(string name, long[] numbers)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Int64 };
        tensor.Dims.Add(numbers.Length);
        tensor.Int64Data.Add(numbers);
        return tensor;
    }
}
