using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;
using AttributeType = Microsoft.ML.MobileNetV2.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Microsoft.ML.MobileNetV2.OnnxFormat.TensorProto.Types.DataType;

namespace Microsoft.ML.MobileNetV2.Onnx;

/// <summary>Builds an ONNX graph node by node; each method returns the name of what it added.</summary>
/// <param name="name">The name of the graph.</param>
/// <param name="withNumbers">False to leave out all numbers but those of short constants, for a comparison.</param>
/// <param name="weightsType">The data type in which weights are stored; the graph computes with 32 bits in any case.</param>
internal sealed class OnnxGraphBuilder(string name, bool withNumbers = true, TensorDataType weightsType = TensorDataType.Float32)
{
    /// <summary>The most bytes of a constant that is written in any case.</summary>
    internal const int MaxConstantLength = 64;

    /// <summary>The operator set: the first in which every operator used here has its present form.</summary>
    internal const int OpsetVersion = 13;

    /// <summary>The operator set of classical machine learning, which has the label encoder.</summary>
    internal const int MachineLearningOpsetVersion = 2;

    /// <summary>The version of the file format that belongs to <see cref="OpsetVersion"/>.</summary>
    internal const int IrVersion = 7;

    private const string MachineLearningDomain = "ai.onnx.ml";

    private readonly GraphProto _graph = new() { Name = name };
    private int _nodeCount;

    internal string Input(string inputName, params ReadOnlySpan<long?> shape)
    {
        _graph.Input.Add(Value(inputName, shape));
        return inputName;
    }

    /// <summary>Adds an input that is one image of any size: levels of red, green and blue, shape (1, height, width, 3).</summary>
    internal string ImageInput(string inputName)
    {
        ValueInfoProto value = Value(inputName, [1, null, null, 3]);
        value.Type.TensorType.ElemType = (int)DataType.Uint8;
        value.Type.TensorType.Shape.Dim[1].DimParam = "height";
        value.Type.TensorType.Shape.Dim[2].DimParam = "width";
        _graph.Input.Add(value);
        return inputName;
    }

    internal void Output(string outputName, params ReadOnlySpan<long?> shape) => _graph.Output.Add(Value(outputName, shape));

    internal void TextOutput(string outputName, long count) => Output(outputName, count, DataType.String);

    internal void BooleanOutput(string outputName, long count) => Output(outputName, count, DataType.Bool);

    internal string Constant(string constantName, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Constant(constantName, DataType.Float, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds the numbers of a matrix or kernel, in the data type for weights.</summary>
    /// <exception cref="ArgumentException">A number is too large for that type.</exception>
    internal string Weights(string constantName, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        if (weightsType == TensorDataType.Float32)
        {
            return Constant(constantName, values, shape);
        }

        HalfNumbers.Require(values, $"'{constantName}'", "dataType");
        string half = Constant($"{constantName}.half", DataType.Float16, FileDataType.F16.ToBytes(values), shape);
        return Node("Cast", [half], constantName, Integer("to", (long)DataType.Float));
    }

    internal string Constant(string constantName, ReadOnlySpan<long> values) =>
        Constant(constantName, DataType.Int64, MemoryMarshal.AsBytes(values), [values.Length]);

    /// <summary>Adds a whole number without dimensions.</summary>
    internal string Index(string constantName, long value) => Constant(constantName, DataType.Int64, MemoryMarshal.AsBytes([value]), []);

    /// <summary>Adds a number of double precision without dimensions.</summary>
    internal string Number(string constantName, double value) => Constant(constantName, DataType.Double, MemoryMarshal.AsBytes([value]), []);

    internal string ToSingle(string value) => Cast(value, DataType.Float);

    internal string ToDouble(string value) => Cast(value, DataType.Double);

    internal string ToInteger(string value) => Cast(value, DataType.Int64);

    internal string TextConstant(string constantName, params ReadOnlySpan<string> values)
    {
        TensorProto tensor = new() { Name = constantName, DataType = (int)DataType.String };
        tensor.Dims.Add(values.Length);
        foreach (string value in values)
        {
            tensor.StringData.Add(ByteString.CopyFromUtf8(value));
        }

        _graph.Initializer.Add(tensor);
        return constantName;
    }

    /// <summary>Adds a node with one output, called <paramref name="outputName"/> or a name made up here.</summary>
    internal string Node(string operation, ReadOnlySpan<string> inputs, string? outputName = null, params ReadOnlySpan<AttributeProto> attributes)
    {
        NodeProto node = new() { OpType = operation, Name = $"{operation}_{_nodeCount++}" };
        foreach (string input in inputs)
        {
            node.Input.Add(input);
        }

        node.Output.Add(outputName ?? node.Name);
        foreach (AttributeProto attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        _graph.Node.Add(node);
        return node.Output[0];
    }

    /// <summary>Adds a node that is complete. Its name and those of its outputs are not checked.</summary>
    internal void Append(NodeProto node) => _graph.Node.Add(node);

    /// <summary>Adds a constant that is complete. Its name is not checked.</summary>
    internal void Append(TensorProto tensor) => _graph.Initializer.Add(tensor);

    /// <summary>Adds an input that is not an image: one row, of the type that another graph has for it.</summary>
    internal string RowInput(string inputName, ValueInfoProto other)
    {
        ValueInfoProto value = other.Clone();
        value.Name = inputName;
        value.Type.TensorType.Shape.Dim[0] = new() { DimValue = 1 };
        _graph.Input.Add(value);
        return inputName;
    }

    /// <summary>Adds an output of one value of any type, shape (1, 1).</summary>
    internal void ValueOutput(string outputName, int elementType)
    {
        ValueInfoProto value = Value(outputName, [1, 1]);
        value.Type.TensorType.ElemType = elementType;
        _graph.Output.Add(value);
    }

    /// <summary>Checks that no tensor hides another one; of this library's own names, a column of the user can have one.</summary>
    /// <exception cref="NotSupportedException">Two tensors have one name.</exception>
    internal void RequireDistinctNames()
    {
        IEnumerable<string> names = _graph.Input.Select(input => input.Name)
            .Concat(_graph.Initializer.Select(tensor => tensor.Name))
            .Concat(_graph.Node.SelectMany(node => node.Output).Where(output => output.Length > 0));
        if (names.GroupBy(tensor => tensor, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { Key: { } twice })
        {
            throw new NotSupportedException($"The name '{twice}' is taken in the ONNX graph; give the column another name.");
        }
    }

    /// <summary>Adds what ML.NET's OnnxTransformer reads as the slot names of an output: a label encoder under an agreed name, whose result goes nowhere.</summary>
    internal void SlotNames(string outputName, IEnumerable<string> names)
    {
        AttributeProto keys = new() { Name = "keys_strings", Type = AttributeType.Strings };
        keys.Strings.AddRange(names.Select(ByteString.CopyFromUtf8));
        string nodeName = $"mlnet.{outputName}.SlotNames";
        NodeProto node = new() { OpType = "LabelEncoder", Domain = MachineLearningDomain, Name = nodeName };
        node.Input.Add(TextConstant($"{nodeName}.input", string.Empty));
        node.Output.Add($"{nodeName}.output");
        node.Attribute.Add(keys);
        node.Attribute.Add(Integers("values_int64s", [.. Enumerable.Range(0, keys.Strings.Count).Select(index => (long)index)]));
        _graph.Node.Add(node);
    }

    internal static AttributeProto Integer(string attributeName, long value) =>
        new() { Name = attributeName, Type = AttributeType.Int, I = value };

    internal static AttributeProto Single(string attributeName, float value) =>
        new() { Name = attributeName, Type = AttributeType.Float, F = value };

    internal static AttributeProto Integers(string attributeName, params ReadOnlySpan<long> values)
    {
        AttributeProto attribute = new() { Name = attributeName, Type = AttributeType.Ints };
        foreach (long value in values)
        {
            attribute.Ints.Add(value);
        }

        return attribute;
    }

    /// <summary>Returns the finished model.</summary>
    /// <param name="metadata">Text that travels in the model.</param>
    internal ModelProto Build(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        ModelProto model = new()
        {
            IrVersion = IrVersion,
            ProducerName = "Microsoft.ML.MobileNetV2",
            Graph = _graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = OpsetVersion });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = MachineLearningDomain, Version = MachineLearningOpsetVersion });
        foreach ((string key, string value) in metadata)
        {
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        }

        return model;
    }

    private void Output(string outputName, long count, DataType type)
    {
        ValueInfoProto value = Value(outputName, [count]);
        value.Type.TensorType.ElemType = (int)type;
        _graph.Output.Add(value);
    }

    private string Cast(string value, DataType type) => Node("Cast", [value], null, Integer("to", (long)type));

    private string Constant(string constantName, DataType type, ReadOnlySpan<byte> littleEndian, ReadOnlySpan<long> shape)
    {
        TensorProto tensor = new() { Name = constantName, DataType = (int)type };
        if (withNumbers || littleEndian.Length <= MaxConstantLength)
        {
            tensor.RawData = ByteString.CopyFrom(littleEndian);
        }

        foreach (long dimension in shape)
        {
            tensor.Dims.Add(dimension);
        }

        _graph.Initializer.Add(tensor);
        return constantName;
    }

    private static ValueInfoProto Value(string valueName, ReadOnlySpan<long?> shape)
    {
        TensorShapeProto tensorShape = new();
        foreach (long? dimension in shape)
        {
            tensorShape.Dim.Add(dimension is { } size
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = "N" });
        }

        return new()
        {
            Name = valueName,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = tensorShape } },
        };
    }
}
