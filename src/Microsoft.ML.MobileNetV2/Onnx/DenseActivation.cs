namespace Microsoft.ML.MobileNetV2;

/// <summary>Names the activations that a dense layer can have in an ONNX graph; the names are stored in models.</summary>
internal enum DenseActivation
{
    Linear,
    Relu,
    Relu6,
    LeakyRelu,
    Elu,
    Swish,
    Sigmoid,
    Tanh,
    Softplus,
    Exponential,
    Softmax,
}
