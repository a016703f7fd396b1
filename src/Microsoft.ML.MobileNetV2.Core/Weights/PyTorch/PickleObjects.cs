namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Provides the operations of a pickle that make and fill objects: dictionaries, tensors, and objects that stay closed.</summary>
internal static class PickleObjects
{
    internal static void Append(PickleReader reader, object?[] values)
    {
        switch (reader.Peek())
        {
            case List<object?> list:
                list.AddRange(values);
                break;
            case not PickledObject:
                throw reader.Invalid("fills what is no list");
        }
    }

    internal static void PushFrozenSet(PickleReader reader)
    {
        reader.PopToMark();
        reader.Push(new PickledObject("frozenset"));
    }

    internal static void PushDictionary(PickleReader reader)
    {
        object?[] values = reader.PopToMark();
        reader.Push(new Dictionary<object, object?>());
        SetItems(reader, values);
    }

    internal static void SetItem(PickleReader reader)
    {
        object? value = reader.Pop();
        SetItems(reader, [reader.Pop(), value]);
    }

    /// <summary>Fills a dictionary. Names of tensors are text; what stands under anything but text and whole numbers is of no use.</summary>
    internal static void SetItems(PickleReader reader, object?[] values)
    {
        object? target = reader.Peek();
        if (values.Length % 2 != 0 || target is not (Dictionary<object, object?> or PickledObject))
        {
            throw reader.Invalid("fills what is no dictionary, or has a key without a value");
        }

        for (int i = 0; i < values.Length && target is Dictionary<object, object?> dictionary; i += 2)
        {
            if (values[i] is string or long)
            {
                dictionary[values[i]!] = values[i + 1];
            }
        }
    }

    internal static void PushGlobal(PickleReader reader, string module, string name)
    {
        PickleGlobal global = new(module, name);
        reader.Push(TorchGlobals.IsAllowed(global) ? global : throw reader.Forbidden($"refers to '{Shorten(global.ToString())}'"));
    }

    internal static void PushStackGlobal(PickleReader reader)
    {
        object? name = reader.Pop();
        object? module = reader.Pop();
        if (name is not string nameText || module is not string moduleText)
        {
            throw reader.Invalid("has a name that is no text");
        }

        PushGlobal(reader, moduleText, nameText);
    }

    internal static void Reduce(PickleReader reader)
    {
        object? arguments = reader.Pop();
        object? callable = reader.Pop();
        reader.Push(TorchGlobals.Call(callable, arguments) ?? throw reader.Invalid("makes a tensor or dictionary of something else"));
    }

    internal static void NewObjectWithNames(PickleReader reader)
    {
        reader.Pop();
        Reduce(reader);
    }

    internal static void PushInstance(PickleReader reader)
    {
        PushGlobal(reader, reader.ReadLine(), reader.ReadLine());
        object? type = reader.Pop();
        reader.PopToMark();
        reader.Push(new PickledObject($"{type}"));
    }

    internal static void PushObject(PickleReader reader)
    {
        object?[] values = reader.PopToMark();
        reader.Push(values is [PickleGlobal type, ..] ? new PickledObject(type.ToString()) : throw reader.Invalid("makes an object without a type"));
    }

    /// <summary>Takes the attributes of an object off the stack; PyTorch also hangs some on dictionaries. Nothing needs them.</summary>
    internal static void Build(PickleReader reader)
    {
        reader.Pop();
        reader.Peek();
    }

    internal static void PushStorage(PickleReader reader, PickledStorage? storage)
    {
        reader.Storages.Add(storage ?? throw reader.Invalid("describes a storage of numbers wrongly"));
        reader.Push(storage);
    }

    private static string Shorten(string text) => text.Length <= 100 ? text : $"{text[..100]}…";
}
