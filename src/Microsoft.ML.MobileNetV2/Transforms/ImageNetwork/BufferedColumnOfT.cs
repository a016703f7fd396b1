using System.Runtime.ExceptionServices;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Buffers the values of a column of one type.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <param name="getter">Reads the input cursor's value.</param>
/// <param name="take">Copies a value that was read into a slot, which shares no memory with the source.</param>
/// <param name="copy">Copies a slot's value into one that belongs to the reader.</param>
/// <param name="slotCount">The number of rows that are held at once.</param>
internal sealed class BufferedColumn<TValue>(ValueGetter<TValue> getter, CopyValue<TValue> take, CopyValue<TValue> copy, int slotCount) : BufferedColumn
{
    private readonly TValue[] _values = new TValue[slotCount];
    private readonly ExceptionDispatchInfo?[] _errors = new ExceptionDispatchInfo?[slotCount];

    /// <summary>The last value that was read: a source may reuse it, or free it, when it is asked for the next.</summary>
    private TValue _read = default!;

    internal override void Read(int slot)
    {
        _errors[slot] = null;
        try
        {
            getter(ref _read);
            take(_read, ref _values[slot]);
        }
        catch (Exception e)
        {
            _errors[slot] = ExceptionDispatchInfo.Capture(e);
        }
    }

    internal override Delegate CreateGetter(Func<int> getSlot)
    {
        ValueGetter<TValue> get = (ref TValue value) =>
        {
            int slot = getSlot();
            _errors[slot]?.Throw();
            copy(_values[slot], ref value);
        };
        return get;
    }
}
