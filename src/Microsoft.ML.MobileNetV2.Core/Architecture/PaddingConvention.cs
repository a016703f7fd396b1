namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how the 3×3 convolutions pad their input. Weights only work with the convention that they were trained with.</summary>
public enum PaddingConvention
{
    /// <summary>One pixel on each side, whatever the stride (PyTorch: torchvision, timm).</summary>
    Symmetric,

    /// <summary>
    /// TensorFlow's "SAME": as many pixels as the output size needs, the odd one after the end.
    /// With stride 2 that is (0, 1) where the size is even and (1, 1) where it is odd.
    /// </summary>
    Same,
}
