using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.MobileNetV2.OnnxRuntime;

/// <summary>Represents the buffers of one concurrent call of a session.</summary>
/// <remarks>
/// Buffers, values and run options live as long as this object: ONNX Runtime reads them from native code, which does not keep a managed temporary alive.
/// </remarks>
internal sealed class OnnxNetworkRun : INetworkRun
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly OrtValue _inputValue;
    private readonly OrtValue _outputValue;
    private readonly string[] _inputNames = [NetworkModel.InputName];
    private readonly string[] _outputNames = [NetworkModel.OutputName];
    private readonly OrtValue[] _inputValues;
    private readonly OrtValue[] _outputValues;

    internal OnnxNetworkRun(InferenceSession session, long[] inputShape, long[] outputShape)
    {
        _session = session;
        _input = new float[Count(inputShape)];
        _output = new float[Count(outputShape)];
        _inputValue = OrtValue.CreateTensorValueFromMemory(_input, inputShape);
        _outputValue = OrtValue.CreateTensorValueFromMemory(_output, outputShape);
        _inputValues = [_inputValue];
        _outputValues = [_outputValue];
    }

    Span<float> INetworkRun.Input => _input;

    ReadOnlySpan<float> INetworkRun.Compute()
    {
        _session.Run(_options, _inputNames, _inputValues, _outputNames, _outputValues);
        return _output;
    }

    public void Dispose()
    {
        _inputValue.Dispose();
        _outputValue.Dispose();
        _options.Dispose();
    }

    private static long Count(long[] shape) => shape.Aggregate(1L, (product, dimension) => product * dimension);
}
