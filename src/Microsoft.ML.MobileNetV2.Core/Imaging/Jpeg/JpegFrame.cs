using System.Buffers.Binary;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents the size and components of a JPEG.</summary>
internal sealed class JpegFrame
{
    private const int HeaderLength = 6;
    private const int ComponentLength = 3;
    private const int BlockSize = 8;
    private const int MaxSampling = 4;

    private readonly List<JpegComponent> _components = [];
    private readonly int _unitColumns;
    private readonly int _unitRows;

    private JpegFrame(bool isProgressive, int unitColumns, int unitRows)
    {
        IsProgressive = isProgressive;
        _unitColumns = unitColumns;
        _unitRows = unitRows;
    }

    internal bool IsProgressive { get; }

    /// <summary>Returns the frame of a header; null where it is wrong.</summary>
    internal static JpegFrame? TryRead(ReadOnlySpan<byte> header, bool isProgressive)
    {
        int count = header.Length >= HeaderLength ? header[5] : 0;
        if (count is 0 or > 4 || header.Length < HeaderLength + (ComponentLength * count))
        {
            return null;
        }

        int height = BinaryPrimitives.ReadUInt16BigEndian(header[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
        JpegComponent[] components = new JpegComponent[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> component = header[(HeaderLength + (ComponentLength * i))..];
            components[i] = new(component[0], component[1] >> 4, component[1] & 15);
        }

        return width > 0 && height > 0 && Array.TrueForAll(components, IsValid) ? Create(isProgressive, width, height, components) : null;
    }

    internal JpegComponent? Find(int id) => _components.Find(component => component.Id == id);

    /// <summary>Reads a scan, and returns whether its data are whole.</summary>
    internal bool ReadScan(ref JpegScan scan, List<JpegScanPart> parts, int restartInterval)
    {
        // One component alone has its own blocks in order; several take turns in units that may reach past the image.
        bool isAlone = parts.Count == 1;
        int columns = isAlone ? parts[0].Component.Columns : _unitColumns;
        int rows = isAlone ? parts[0].Component.Rows : _unitRows;
        long total = (long)columns * rows;
        for (long unit = 0; unit < total; unit++)
        {
            bool isRestart = restartInterval > 0 && unit > 0 && unit % restartInterval == 0;
            if (isRestart && !(scan.EndSegment() && scan.TryPassRestart((int)(((unit / restartInterval) - 1) & 7))))
            {
                return false;
            }

            if (!ReadUnit(ref scan, parts, (int)(unit % columns), (int)(unit / columns), isAlone))
            {
                return false;
            }
        }

        return scan.EndSegment();
    }

    private static bool IsValid(JpegComponent component) =>
        component is { Horizontal: > 0 and <= MaxSampling, Vertical: > 0 and <= MaxSampling };

    private static JpegFrame Create(bool isProgressive, int width, int height, JpegComponent[] components)
    {
        int horizontal = components.Max(component => component.Horizontal);
        int vertical = components.Max(component => component.Vertical);
        JpegFrame frame = new(isProgressive, Parts(width, BlockSize * horizontal), Parts(height, BlockSize * vertical));
        foreach (JpegComponent component in components)
        {
            int stride = frame._unitColumns * component.Horizontal;
            frame._components.Add(component with
            {
                Columns = Parts(Parts(width * component.Horizontal, horizontal), BlockSize),
                Rows = Parts(Parts(height * component.Vertical, vertical), BlockSize),
                Stride = stride,
                NonZero = isProgressive ? new ulong[stride * frame._unitRows * component.Vertical] : [],
            });
        }

        return frame;
    }

    private static int Parts(int length, int partLength) => (length + partLength - 1) / partLength;

    private static bool ReadUnit(ref JpegScan scan, List<JpegScanPart> parts, int column, int row, bool isAlone)
    {
        foreach (JpegScanPart part in parts)
        {
            int width = isAlone ? 1 : part.Component.Horizontal;
            int height = isAlone ? 1 : part.Component.Vertical;
            for (int block = 0; block < width * height; block++)
            {
                int place = (((row * height) + (block / width)) * part.Component.Stride) + (column * width) + (block % width);
                ulong none = 0;
                ref ulong nonZero = ref none;
                if (part.Component.NonZero.Length > 0)
                {
                    nonZero = ref part.Component.NonZero[place];
                }

                if (!scan.ReadBlock(part.Dc, part.Ac, ref nonZero))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
